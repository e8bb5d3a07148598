from datetime import UTC, datetime, timedelta

from realstaging.storage.sigv4 import Credentials, Permit, Signer


def test_the_example_of_the_specification():
    """https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html"""
    credentials = Credentials("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1")
    signer = Signer(
        "https://examplebucket.s3.amazonaws.com",
        credentials,
        Permit("GET", datetime(2013, 5, 24, tzinfo=UTC), timedelta(days=1)),
    )
    assert signer.link("test.txt").endswith(
        "X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"
    )
