"""Official PDFs: setting pages, finishing them for signatures and archives, stamps, pictures. No models, no rule of emulation."""
