"""What a closed period pays, in the words of payroll and of the books. No disk, no Git, no clock."""
