"""What Kanalkoll decides: values in, values out, and time arrives as `now`."""
