"""How news, commands and clicks reach the app: Socket Mode, or signed HTTP."""
