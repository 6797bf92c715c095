#version 330
uniform mat4 light;
in vec3 place;
in uvec4 bones;
in vec4 share;

#include bones

void main() { gl_Position = light * vec4(carried(place, 1.0, bones, share), 1.0); }
