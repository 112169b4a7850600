"""Photos of a form, checked and kept before the action runs. Raises Invalid on the field they came from."""

from ..core.files import keep_photos
from ..core.text import _
from .actions.telling import Photos
from .forms import PhotosForm
from .models import Project


def photos_of(form: PhotosForm, project: Project) -> Photos:
    """The three kinds of photos; where nobody said what can be seen, the kind and the project's name must do."""
    seen = form.alt.data

    def words(kind: str) -> str:
        return f"{kind}：{seen or project.title}"

    return Photos(
        keep_photos(form.before.data or (), words(_("修前")), "before"),
        keep_photos(form.after.data or (), words(_("修后")), "after"),
        keep_photos(form.photos.data or (), words(_("施工中")), "photos"),
    )
