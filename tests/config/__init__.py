"""What is declared, read and checked."""
