"""A criteria set as a workbook: written without loss, read with every fault at once."""
