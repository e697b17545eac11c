"""What people look at before or beside their pay: curves, the next row, months, simulations side by side."""
