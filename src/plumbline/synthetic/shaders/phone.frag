#version 330
// What the phone makes of the light: exposure, tone curve, vignette, sensor noise.
uniform sampler2D source;
uniform vec2 size;
uniform vec2 shift;
uniform float exposure;
uniform float grain;
uniform float frame;
out vec4 colour;

#include noise

float bell(vec2 p, float k) { return hash(p + k) + hash(p * 1.7 + k * 3.1 + 11.0) + hash(p * 2.3 + k * 5.7 + 29.0) - 1.5; }

void main() {
    vec2 p = gl_FragCoord.xy + shift;
    vec3 c = texture(source, p / size).rgb * exposure;
    vec2 q = gl_FragCoord.xy / size - 0.5;
    c *= 1.0 - 0.32 * dot(q, q);
    c = clamp((c * (2.51 * c + 0.03)) / (c * (2.43 * c + 0.59) + 0.14), 0.0, 1.0);
    c = pow(c, vec3(1.0 / 2.2));
    vec2 cell = gl_FragCoord.xy, coarse = floor(gl_FragCoord.xy / 2.0);
    float k = mod(frame * 7.31, 97.0);
    float dark = 1.35 - 0.8 * dot(c, vec3(0.3, 0.6, 0.1));
    vec3 speck = vec3(bell(cell, k)) + 0.6 * vec3(bell(coarse, k + 1.0), bell(coarse, k + 2.0), bell(coarse, k + 3.0));
    colour = vec4(c + grain * dark * speck, 1.0);
}
