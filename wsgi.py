"""What gunicorn serves."""

from embassy.app import create_app

app = create_app()
