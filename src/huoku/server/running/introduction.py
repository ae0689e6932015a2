"""The page that brings a phone to https: it hands over the authority's certificate and says how to install it.

It is served over plain http beside the real server, and knows nothing but this: no session, no data, no form.
"""

import html
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TextIO

import segno

from huoku.server.running.authority import fingerprint

CERTIFICATE = "/huoku-authority.crt"

PAGE = """<!doctype html>
<html lang="zh-Hans">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>活库 huoku</title>
<style>
 :root {{ color-scheme: light dark; }}
 body {{ font: 17px/1.55 system-ui, "PingFang SC", "Noto Sans CJK SC", sans-serif; max-width: 34rem; margin: 0 auto;
        padding: 1.25rem; }}
 h1 {{ font-size: 1.4rem; margin: .2rem 0 1rem; }}
 a.go {{ display: block; padding: .9rem 1rem; margin: .6rem 0; border-radius: .5rem; background: #1f5fbf; color: #fff;
        text-align: center; text-decoration: none; font-weight: 600; }}
 a.go.second {{ background: #2b6e3f; }}
 ol {{ padding-left: 1.3rem; }} li {{ margin: .35rem 0; }}
 h2 {{ font-size: 1.05rem; margin: 1.4rem 0 .3rem; }}
 code {{ word-break: break-all; font-size: .8rem; }}
 figure {{ margin: 1.4rem 0 0; text-align: center; }} figure svg {{ background: #fff; max-width: 12rem; }}
 .en {{ opacity: .75; font-size: .92rem; }}
</style>
<h1>在手机上使用活库 <span class="en">huoku on this phone</span></h1>
<p>扫码要用摄像头，浏览器只在安全连接 (https) 下允许。只需做一次：
<br><span class="en">Scanning needs the camera, which browsers allow over https only. Once:</span></p>
<a class="go" href="{certificate}">1. 下载证书 · Download the certificate</a>
<h2>安卓 Android</h2>
<ol><li>设置 → 安全 → 更多安全设置 → 从存储设备安装 → CA 证书，选刚下载的文件。
<br><span class="en">Settings, Security, More, Install from storage, CA certificate: choose the file.</span></li></ol>
<h2>苹果 iPhone</h2>
<ol><li>设置 → 已下载描述文件 → 安装。<br><span class="en">Settings, Profile Downloaded, Install.</span></li>
<li>设置 → 通用 → 关于本机 → 证书信任设置：打开“活库 huoku”。
<br><span class="en">Settings, General, About, Certificate Trust Settings: switch on huoku.</span></li></ol>
<a class="go second" href="{address}">2. 打开活库 · Open huoku</a>
<p class="en">证书只能用于本机名称和内网地址。指纹 The certificate is good for this machine and private networks only.
SHA-256:<br><code>{fingerprint}</code></p>
<figure>{code}<figcaption class="en">{here}</figcaption></figure>
</html>
"""


def introduction(authority: Path, address: str, here: str) -> bytes:
    """The page: ``address`` is where huoku is by https, ``here`` where this page is (its QR code leads to it)."""
    text = PAGE.format(
        certificate=CERTIFICATE,
        address=html.escape(address),
        here=html.escape(here),
        fingerprint=fingerprint(authority),
        code=segno.make(here, error="m").svg_inline(scale=4, border=2),
    )
    return text.encode()


def print_code(address: str, out: TextIO) -> None:
    """The address as a QR code in a terminal, for the phone in the hand of whoever starts the server."""
    segno.make(address).terminal(out=out, compact=True)


def introduce(authority: Path, host: str, port: int, address: str, here: str) -> ThreadingHTTPServer:
    """Serve the page from a thread of its own until ``shutdown``."""
    page, certificate = introduction(authority, address, here), authority.read_bytes()

    class Door(BaseHTTPRequestHandler):
        server_version, sys_version = "huoku", ""

        def do_GET(self) -> None:
            if self.path == CERTIFICATE:
                self._answer(certificate, "application/x-x509-ca-cert")
            else:
                self._answer(page, "text/html; charset=utf-8")

        def _answer(self, body: bytes, kind: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
            self.send_header("X-Content-Type-Options", "nosniff")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *arguments: object) -> None:
            """Nothing here is worth a line."""

    server = ThreadingHTTPServer((host, port), Door)
    threading.Thread(target=server.serve_forever, name="introduction", daemon=True).start()
    return server
