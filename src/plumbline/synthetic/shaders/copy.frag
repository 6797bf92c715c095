#version 330
uniform sampler2D source;
uniform vec2 size;
uniform float share;
out vec4 colour;
void main() { colour = texture(source, gl_FragCoord.xy / size) * share; }
