"""How pages answer a reader: by audience, as not found where it is not for them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from django.utils.cache import patch_vary_headers
from wagtail.models import PageViewRestriction

from content.audience import Audience
from content.signals import page_opened


class ServedByAudience:
    """Mixed into pages. Wagtail's own page privacy is off: audience is the only rule."""

    private_page_options: list[str] = []

    def is_visible_to(self, audience: Audience) -> bool:
        """Whether ``audience`` may open the live page: nobody, until a kind of page says who."""
        return False

    def is_previewed_by(self, audience: Audience) -> bool:
        """Whether ``audience`` may see a draft of the page, given that they may work on it."""
        return True

    def present(self, audience: Audience, request: HttpRequest) -> dict[str, Any]:
        """What the page's template receives beside the page itself."""
        return {}

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """None: restrictions of Wagtail's own are neither offered nor asked for."""
        return PageViewRestriction.objects.none()

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> TemplateResponse:
        """The live page; ``Http404`` where the reader may not see it."""
        request.is_preview = False  # type: ignore[attr-defined]
        if not self.is_visible_to(Audience.of(getattr(request, "user", None))):
            raise Http404
        return self._response(request)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> TemplateResponse:
        """A draft, without what its reader may not see; ``Http404`` where that is all of it."""
        request.is_preview = True  # type: ignore[attr-defined]
        if not self.is_previewed_by(Audience.of(getattr(request, "user", None))):
            raise Http404
        return self._response(request)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The page, the reader's audience and what the page presents."""
        audience = Audience.of(getattr(request, "user", None))
        context = super().get_context(request, *args, **kwargs)  # type: ignore[misc]
        context["audience"] = audience
        context.update(self.present(audience, request))
        page_opened.send(
            sender=type(self), page=self, audience=audience, request=request, context=context
        )
        return context

    def _response(self, request: HttpRequest) -> TemplateResponse:
        response = TemplateResponse(
            request,
            self.get_template(request),  # type: ignore[attr-defined]
            self.get_context(request),
        )
        patch_vary_headers(response, ["Cookie"])
        if response.context_data["audience"] is not Audience.PUBLIC or request.is_preview:  # type: ignore[attr-defined, index]
            response["Cache-Control"] = "private, no-store"
        return response
