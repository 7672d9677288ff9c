"""The paper trail, insert-only: who did what when, and the bytes of every official document."""
