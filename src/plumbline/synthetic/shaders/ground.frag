#version 330
// The floor about the athlete: the place as seen, darker where the athlete stands between it and the light.
in vec3 world;
uniform sampler2D lit;
uniform sampler2D shaded;
uniform vec2 size;
uniform vec4 balls[14];
out vec4 colour;

#include light

void main() {
    vec2 at = gl_FragCoord.xy / size;
    float share = reached(world + vec3(0.0, 0.004, 0.0), soft_m * 1.6);
    float open = 1.0;
    for (int k = 0; k < 14; k++) {
        vec3 d = balls[k].xyz - world;
        float r = balls[k].w, far = max(length(d), r);
        open *= 1.0 - 0.85 * max(clamp(d.y, 0.0, far) * r * r / (far * far * far) - 0.004, 0.0);
    }
    vec3 dark = texture(shaded, at).rgb;
    colour = vec4(dark * open + (texture(lit, at).rgb - dark) * share * mix(open, 1.0, 0.6), 1.0);
}
