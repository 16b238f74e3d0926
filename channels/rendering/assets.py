"""What a printable page loads beside itself: its style, the button that prints, and the municipality's logo."""

from __future__ import annotations

from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from channels.rendering.papers import Papers


def asset_routes(papers: Papers) -> list[Route]:
    """``/print/<name>``: for everybody, because nothing in them is of a person."""

    async def asset(request: Request) -> Response:
        found = papers.shelf.file(request.path_params["name"])
        if found is None:
            raise HTTPException(404)
        content, media_type = found
        headers = {"Cache-Control": "public, max-age=300"}
        if isinstance(content, Path):
            return FileResponse(content, media_type=media_type, headers=headers)
        return Response(content, media_type=media_type, headers=headers)

    return [Route("/print/{name}", asset, methods=["GET"])]
