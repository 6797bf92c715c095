#version 330
uniform mat4 clip;
uniform vec2 jitter;
in vec3 corner;
out vec3 world;
void main() {
    world = corner;
    gl_Position = clip * vec4(corner, 1.0);
    gl_Position.xy += jitter * gl_Position.w;
}
