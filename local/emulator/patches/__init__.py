"""What moto does otherwise than AWS, patched as far as the pipeline relies on it: a module for each service."""
