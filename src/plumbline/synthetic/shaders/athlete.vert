#version 330
uniform mat4 clip;
uniform vec2 jitter;
in vec3 place;
in vec3 normal;
in uvec4 bones;
in vec4 share;
in vec3 colour;
in float material;
in float inside;
out float within;
out vec3 world;
out vec3 facing;
out vec3 rest;
out vec3 paint;
flat out int kind;

#include bones

void main() {
    world = carried(place, 1.0, bones, share);
    facing = carried(normal, 0.0, bones, share);
    rest = place;
    paint = colour;
    within = inside;
    kind = int(material + 0.5);
    gl_Position = clip * vec4(world, 1.0);
    gl_Position.xy += jitter * gl_Position.w;
}
