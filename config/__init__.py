"""What is declared: rules, markers, permissions and settings, and the one reader of them."""
