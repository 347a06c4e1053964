"""What the plain project's templates call."""
