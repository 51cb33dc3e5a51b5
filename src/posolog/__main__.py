"""`python -m posolog` is the command `posolog`."""

from posolog.cli import main

if __name__ == "__main__":
    main()
