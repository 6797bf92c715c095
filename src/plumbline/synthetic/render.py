"""Draws an athlete in a place with the graphics card, or Mesa's software in its stead.

The place is drawn once a film, in the key light and in its shadow; every frame is the mean of a few
instants while the shutter is open, each shifted by a part of a pixel: motion blur and smooth edges.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from plumbline.synthetic.body import BONES, Body
from plumbline.synthetic.camera import Camera
from plumbline.synthetic.driver import open_context, program_of, set_values
from plumbline.synthetic.posture import bone_maps, posture_at
from plumbline.synthetic.scene import DECK_M, PLACES, Scene, props
from plumbline.synthetic.skeleton import Array, Movement, joint_positions
from plumbline.synthetic.surface import VERTEX, packed
from plumbline.synthetic.wardrobe import Look, dress

SHADOW_PX = 1024
BACKDROP_PASSES = 10
# Half the width in m of what the shadow map and the darkened floor span about the athlete.
AROUND_M = 1.7
# What darkens the floor near it: points, and their radii in m.
BALLS = {
    "heel": 0.045,
    "ball": 0.045,
    "toe": 0.03,
    "foot": 0.05,
    "shank": 0.07,
    "hand": 0.05,
}
EXPOSURE = {"gym": 0.80, "track": 0.62, "field": 0.72, "corridor": 0.85, "room": 0.85}


@dataclass(frozen=True)
class Shutter:
    """How a frame is exposed.

    Parameters
    ----------
    open_s : float
        How long.
    instants : int
        How many are drawn and averaged.
    """

    open_s: float = 1 / 180
    instants: int = 5


def _light_matrix(key: Array, middle: Array) -> Array:
    """World to the key light's own clip space (4, 4)."""
    right = np.cross([0.0, 1.0, 0.0] if abs(key[1]) < 0.95 else [1.0, 0.0, 0.0], key)
    right /= np.linalg.norm(right)
    axes = np.stack([right, np.cross(key, right), -key])
    out = np.eye(4)
    out[:3, :3] = axes / np.array([[AROUND_M], [AROUND_M], [6.0]])
    out[:3, 3] = -out[:3, :3] @ middle
    return out


class Renderer:
    """Draws one athlete in one place for one camera; use as a context manager.

    Parameters
    ----------
    movement : Movement
    body : Body
    look : Look
    scene : Scene
    camera : Camera
    shutter : Shutter
    """

    def __init__(
        self,
        movement: Movement,
        body: Body,
        look: Look,
        scene: Scene,
        camera: Camera,
        shutter: Shutter | None = None,
    ) -> None:
        self.movement, self.body, self.scene, self.camera = movement, body, scene, camera
        self.shutter = shutter or Shutter()
        self.floor_y = -DECK_M if movement.ground_speed_m_s else 0.0
        self.ctx = open_context()
        self.look = look
        self._prepare()

    def __enter__(self) -> Renderer:
        return self

    def __exit__(self, *_: object) -> None:
        self.ctx.release()

    def _prepare(self) -> None:
        ctx, size = self.ctx, (self.camera.width, self.camera.height)
        self.size = size
        rows, indices = packed(dress(self.body, self.look))
        fixed = props(self.movement, self.camera)
        self.fixed = len(fixed)
        indices = np.concatenate([indices, np.arange(len(fixed), dtype=np.uint32) + len(rows)])
        buffer = ctx.buffer(np.concatenate([rows, fixed]).astype(VERTEX).tobytes())
        index = ctx.buffer(indices.astype(np.uint32).tobytes())
        self.athlete = program_of(self.ctx, "athlete.vert", "athlete.frag")
        self.caster = program_of(self.ctx, "shadow.vert", "shadow.frag")
        layout = "3f 3f 4u1 4f 3f 1f 1f"
        names = ("place", "normal", "bones", "share", "colour", "material", "inside")
        self.person = ctx.vertex_array(self.athlete, [(buffer, layout, *names)], index)
        self.shade = ctx.vertex_array(
            self.caster, [(buffer, "3f 12x 4u1 4f 20x", "place", "bones", "share")], index, skip_errors=True
        )
        self.bones = ctx.buffer(reserve=(BONES + 1) * 48)
        self.bones.bind_to_uniform_block(0)
        self.floor = program_of(self.ctx, "ground.vert", "ground.frag")
        self.corners = ctx.buffer(reserve=6 * 12)
        self.patch = ctx.vertex_array(self.floor, [(self.corners, "3f", "corner")])
        self.whole = ctx.buffer(np.array([-1, -1, 3, -1, -1, 3], "f4").tobytes())
        self.copier = program_of(self.ctx, "whole.vert", "copy.frag")
        self.copy = ctx.vertex_array(self.copier, [(self.whole, "2f", "corner")])
        self.layer = program_of(self.ctx, "whole.vert", "copy.frag")
        self.lay = ctx.vertex_array(self.layer, [(self.whole, "2f", "corner")])
        self.phone = program_of(self.ctx, "whole.vert", "phone.frag")
        self.develop = ctx.vertex_array(self.phone, [(self.whole, "2f", "corner")])
        self.shadow = ctx.depth_texture((SHADOW_PX, SHADOW_PX))
        self.shadow.compare_func = "<="
        self.shadow_target = ctx.framebuffer(depth_attachment=self.shadow)
        self.now = ctx.texture(size, 4, dtype="f2")
        self.now_target = ctx.framebuffer([self.now], ctx.depth_renderbuffer(size))
        self.sum = ctx.texture(size, 4, dtype="f4")
        self.sum_target: Any = ctx.framebuffer([self.sum])
        self.film = ctx.texture(size, 3)
        self.film_target = ctx.framebuffer([self.film])
        self.key = self.scene.key_direction(self.camera)
        self._paint_place()
        self.place_target = ctx.framebuffer([self.lit])
        self._constants()

    def _paint_place(self) -> None:
        ctx, camera = self.ctx, self.camera
        self.lit, self.shaded = (ctx.texture(self.size, 4, dtype="f4") for _ in range(2))
        target = ctx.framebuffer([self.lit, self.shaded])
        program = program_of(self.ctx, "whole.vert", "backdrop.frag")
        key, sky, bounce = self.scene.colours
        set_values(
            program,
            size=self.size,
            focal=camera.focal_px,
            eye=tuple(camera.eye_m),
            axes=camera.axes,
            side=camera.side,
            floor_y=self.floor_y,
            scene=PLACES.index(self.scene.place),
            seed=float(self.scene.seed % 7) * 0.37,
            key_dir=tuple(self.key * [camera.side, 1, camera.side]),
            key=tuple(key),
            sky=tuple(sky),
            bounce=tuple(bounce),
            share=1 / BACKDROP_PASSES,
        )
        quad = ctx.vertex_array(program, [(self.whole, "2f", "corner")])
        target.use()
        target.clear()
        ctx.enable_only(ctx.BLEND)
        ctx.blend_func = ctx.ONE, ctx.ONE
        for jitter in np.random.default_rng(self.scene.seed).normal(0, 0.42, (BACKDROP_PASSES, 2)):
            program["jitter"].value = tuple(jitter)
            quad.render()
        ctx.finish()

    def _constants(self) -> None:
        key, sky, bounce = self.scene.colours
        p = self.body.anatomy.points
        light = {"key": tuple(key), "sky": tuple(sky), "bounce": tuple(bounce), "key_dir": tuple(self.key)}
        clip = self.camera.clip_matrix().T
        set_values(
            self.athlete,
            clip=clip,
            eye=tuple(self.camera.eye_m),
            eyes=self.body.eyeballs,
            head=float(p["vertex"][1] - p["left_eye"][1]) / 0.115,
            brow=tuple(np.array(self.look.hair_colour) ** 2.2 * 0.8),
            floor_y=self.floor_y,
            shadows=0,
            soft_m=self.scene.soft_m / (2 * AROUND_M),
            **light,
        )
        set_values(self.floor, clip=clip, shadows=0, lit=1, shaded=2, size=self.size)
        set_values(self.floor, soft_m=self.scene.soft_m / (2 * AROUND_M))
        set_values(self.copier, source=3, size=self.size)
        set_values(self.layer, source=1, size=self.size, share=1.0)
        set_values(self.phone, source=4, size=self.size, exposure=EXPOSURE[self.scene.place], grain=self.scene.grain)
        for k, texture in enumerate((self.shadow, self.lit, self.shaded, self.now, self.sum)):
            texture.use(k)
            if texture is not self.shadow:
                texture.filter = self.ctx.NEAREST, self.ctx.NEAREST

    def _aim(self, time_s: float) -> None:
        """Place the light's view and the darkened floor about the athlete."""
        root, rotation = posture_at(self.movement, np.array([time_s]))
        where = joint_positions(self.movement.anatomy, root, rotation)
        middle = root[0].copy()
        light = _light_matrix(self.key, np.array([middle[0], 0.8, middle[2]]))
        for program in (self.athlete, self.floor, self.caster):
            set_values(program, light=light.T)
        balls = [
            (*(where[f"{side}_{name}"][0] + [0, 0.02, 0]), radius)
            for name, radius in BALLS.items()
            for side in ("left", "right")
        ]
        balls += [(*root[0], 0.15), (*where["trunk"][0], 0.15)]
        set_values(self.floor, balls=np.array(balls[:14]))
        r, y = 2.6, self.floor_y
        x, z = middle[0], middle[2]
        quad = [(-r, -r), (r, -r), (-r, r), (r, -r), (r, r), (-r, r)]
        self.corners.write(np.array([(x + a, y, z + b) for a, b in quad], "f4").tobytes())

    def _pose(self, maps: Array) -> None:
        self.bones.write(np.concatenate([maps, np.eye(4)[None, :3]]).astype("f4").tobytes())

    def _cast(self, maps: Array) -> None:
        """The key light's view of the middle of the exposure."""
        ctx = self.ctx
        self._pose(maps)
        ctx.disable(ctx.BLEND)
        ctx.enable(ctx.DEPTH_TEST)
        self.shadow_target.use()
        self.shadow_target.clear()
        self.shade.render()

    def _instant(self, maps: Array, jitter: Array, belt_m: float, part: tuple[int, int, int, int]) -> None:
        ctx = self.ctx
        self._pose(maps)
        ctx.disable(ctx.BLEND)
        self.now_target.scissor = part
        self.now_target.use()
        self.now_target.clear(depth=1.0)
        ctx.disable(ctx.DEPTH_TEST)
        self.lay.render()
        at = tuple(2 * jitter / self.size)
        set_values(self.floor, jitter=at)
        set_values(self.athlete, jitter=at, belt_m=belt_m)
        self.patch.render()
        ctx.enable(ctx.DEPTH_TEST)
        self.person.render()
        ctx.disable(ctx.DEPTH_TEST)
        ctx.enable(ctx.BLEND)
        ctx.blend_func = ctx.ONE, ctx.ONE
        self.sum_target.scissor = part
        self.sum_target.use()
        self.copy.render()

    def _part(self, time_s: Array) -> tuple[int, int, int, int]:
        """What of the picture changes: the athlete and the shadow, (x, y, width, height) from the lower left."""
        if self.fixed:
            return (0, 0, *self.size)
        root, rotation = posture_at(self.movement, time_s[[0, -1]])
        where = np.concatenate(list(joint_positions(self.movement.anatomy, root, rotation).values()))
        fall = where - self.key * ((where[:, 1:2] - self.floor_y) / max(self.key[1], 0.1))
        floor = where * [1, 0, 1] + [0, self.floor_y, 0]
        spread = np.concatenate([where, fall, floor])
        seen = (spread - self.camera.eye_m) @ self.camera.axes.T
        seen[:, 2] = np.maximum(seen[:, 2], 0.5)
        px = seen[:, :2] * self.camera.focal_px / seen[:, 2:] + np.array(self.size) / 2
        margin = 0.20 * self.camera.focal_px / seen[: len(where), 2].min()
        low = np.clip(px.min(0) - margin, 0, self.size).astype(int)
        high = np.clip(px.max(0) + margin, 0, self.size).astype(int)
        return (int(low[0]), int(low[1]), max(int(high[0] - low[0]), 1), max(int(high[1] - low[1]), 1))

    def frame(self, time_s: float, seed: int = 0, shift_px: tuple[float, float] = (0.0, 0.0)) -> NDArray[np.uint8]:
        """The picture (h, w, 3) in BGR of an instant, the middle of the exposure."""
        n = self.shutter.instants
        t = time_s + self.shutter.open_s * ((np.arange(n) + 0.5) / n - 0.5)
        t = np.clip(t, self.movement.time_s[0], self.movement.time_s[-1])
        maps = bone_maps(self.movement, t)
        rng = np.random.default_rng(seed)
        self._aim(time_s)
        part = self._part(t)
        self._cast(bone_maps(self.movement, t[[n // 2]])[0])
        self.sum_target.scissor = None
        self.ctx.copy_framebuffer(self.sum_target, self.place_target)
        self.sum_target.scissor = part
        self.sum_target.use()
        self.sum_target.clear()
        set_values(self.copier, share=1 / n)
        # One shift a row and a column of the pixel: an even cover for any number.
        shifts = np.stack([rng.permutation(n), rng.permutation(n)], -1)
        for k in range(n):
            jitter = (shifts[k] + 0.5) / n - 0.5
            self._instant(maps[k], jitter * 1.2, self.movement.ground_speed_m_s * float(t[k]), part)
        self.ctx.disable(self.ctx.BLEND)
        self.film_target.use()
        set_values(self.phone, frame=float(seed % 8192), shift=shift_px)
        self.develop.render()
        image = np.frombuffer(self.film.read(), np.uint8).reshape(self.size[1], self.size[0], 3)
        return np.ascontiguousarray(image[::-1, :, ::-1])

    def frames(self, time_s: Array, seed: int = 0) -> Iterator[NDArray[np.uint8]]:
        """Pictures at times (n,)."""
        for k, t in enumerate(time_s):
            yield self.frame(float(t), seed + k)
