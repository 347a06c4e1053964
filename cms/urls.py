"""Every address of the site, in one list."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib.auth.views import LoginView, LogoutView
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from cms import branding, pages
from cms.api import api, nothing_here
from content.admin.privacy import no_privacy
from content.files import serving
from search.lookup import views as lookup
from search.lookup.outside import sitemaps

urlpatterns = [
    # First, for programs and search boxes ask most.
    path("api/v1/", api.urls),
    path("api/v1/<path:path>", nothing_here),
    path("", lookup.to_language),
    path("brand.css", branding.brand_stylesheet, name="brand_stylesheet"),
    path("robots.txt", sitemaps.robots),
    path("sitemap.xml", sitemaps.sitemap),
    path("sitemap-<int:part>.xml", sitemaps.sitemap_part),
    path("desk/", include("search.desk.urls")),
    path("admin/pages/<int:pk>/privacy/", no_privacy),
    path("admin/collections/<int:pk>/privacy/", no_privacy),
    path("admin/", include(wagtailadmin_urls)),
    re_path(r"^documents/(\d+)/(.*)$", serving.document, name="wagtaildocs_serve"),
    path("media/<path:path>", serving.media),
]

urlpatterns += i18n_patterns(
    path(
        "account/sign-in/",
        LoginView.as_view(template_name="account/sign_in.html"),
        name="sign_in",
    ),
    path("account/sign-out/", LogoutView.as_view(next_page="/"), name="sign_out"),
    path("", include("search.lookup.urls")),
    re_path(wagtail_urls.serve_pattern, pages.serve),
    path("", include(wagtail_urls)),
)
