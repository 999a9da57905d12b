"""`nbreview` and `python -m nbreview`."""

from nbreview.cli.main import main

if __name__ == "__main__":
    main()
