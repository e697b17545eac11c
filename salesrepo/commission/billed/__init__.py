"""What billing says of a deal, and what becomes of its earnings by that: held back, released, taken back."""
