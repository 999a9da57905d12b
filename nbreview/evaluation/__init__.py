"""The program scored on labelled data, by its makers and by whoever has labelled notebooks."""
