"""What a backup, or putting one back, may fail with."""

from __future__ import annotations

from realstaging.kit.errors import AppError, Conflict, NotFound


class NoSuchBackup(NotFound):
    """There is no such backup. `realstaging operate backup list` shows those there are."""

    code = "no_such_backup"


class ProgramMissing(AppError):
    """PostgreSQL's own pg_dump and pg_restore are missing. Install the client of the server's major version, or name its folder in POSTGRES_PROGRAMS."""

    code = "postgres_program_missing"


class WrongMajor(AppError):
    """The programs of PostgreSQL are of another major version than the server."""

    code = "postgres_wrong_major"

    def __init__(self, program: str, major: int, wanted: int) -> None:
        super().__init__(
            f"{program} is of PostgreSQL {major}, and what it is to speak to is {wanted}. Install the client of version {wanted} "
            "(apt.postgresql.org has them all), and name its folder in POSTGRES_PROGRAMS."
        )


class ProgramFailed(AppError):
    """A program of PostgreSQL ended with an error."""

    code = "postgres_program_failed"


class WrongKey(AppError):
    """This backup was sealed with another BACKUP_KEY. Set the one of that time; nothing was changed."""

    code = "backup_wrong_key"


class NotEmpty(Conflict):
    """This database holds tables already. A backup is put back into an empty one: name a new one with --into, or set DATABASE_URL to it. Nothing was changed."""

    code = "database_not_empty"


class BadDatabaseName(AppError):
    """A database's name is made of lower-case letters, digits and underscores, begins with a letter, and has at most 63 characters."""

    code = "bad_database_name"


class NotArrived(AppError):
    """The backup is not whole in the bucket of BACKUP_STORAGE_URL, so it counts as none. Try again; if it stays so, look at the bucket."""

    code = "backup_not_arrived"


class Damaged(AppError):
    """What is kept of this backup is not what was written. Take another one; nothing was changed."""

    code = "backup_damaged"
