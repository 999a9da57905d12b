"""What is wrong with a notebook that needs no model to see."""
