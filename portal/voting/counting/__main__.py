"""`python3 -m …counting FILE…`"""

import sys

from .main import main

sys.exit(main())
