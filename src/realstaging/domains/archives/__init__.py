"""Archives: the finished pictures of a project in one ZIP, made by a job and kept for a day."""
