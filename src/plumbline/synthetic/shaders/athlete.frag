#version 330
in vec3 world;
in vec3 facing;
in vec3 rest;
in vec3 paint;
flat in int kind;
in float within;
uniform vec3 eye;
uniform vec3 key_dir;
uniform vec3 key;
uniform vec3 sky;
uniform vec3 bounce;
uniform float belt_m;
uniform float floor_y;
uniform vec3 eyes[2];
uniform vec3 brow;
uniform float head;
out vec4 colour;

#include light

vec3 face(vec3 c) {
    for (int k = 0; k < 2; k++) {
        vec3 d = (rest - eyes[k]) / head;
        float z = abs(d.z);
        float arch = 0.021 - 9.0 * pow(abs(z - 0.004), 2.0);
        float hair = smoothstep(0.0035, 0.001, abs(d.y - arch)) * smoothstep(0.024, 0.017, z) * step(0.0, d.x);
        c = mix(c, brow, 0.85 * hair);
        float lid = smoothstep(0.016, 0.006, length(d.yz * vec2(1.2, 0.8))) * step(0.004, d.x);
        c *= 1.0 - 0.22 * lid;
    }
    return c;
}

void main() {
    if (within < 0.0) discard;
    vec3 v = normalize(eye - world), n = normalize(facing), c = paint;
    if (dot(n, v) < 0.0) n = -n;
    float wrap = 0.05, gloss = 0.03, tight = 8.0;
    if (kind == 0) {
        wrap = 0.18; gloss = 0.10; tight = 18.0;
        if (rest.y > eyes[0].y - 0.06) c = face(c);
    } else if (kind == 1) {
        vec3 d = min(abs(rest - eyes[0]), abs(rest - eyes[1])) / head;
        float r = length(d.yz);
        if (r < 0.0062) c = mix(vec3(0.01), vec3(0.10, 0.06, 0.03), smoothstep(0.002, 0.0035, r));
        gloss = 0.5; tight = 90.0;
    } else if (kind == 3) {
        c *= 1.0 - 0.14 * step(0.5, fract(rest.x * 62.0)) * step(0.062, rest.y);
        c *= 0.85 + 0.25 * smoothstep(0.02, 0.05, rest.y);
    } else if (kind == 4) {
        gloss = 0.07; tight = 12.0;
    } else if (kind == 7) {
        float x = rest.x + belt_m;
        c *= 0.9 + 0.2 * fract(sin(floor(x * 300.0) * 12.9 + floor(rest.z * 300.0) * 78.2) * 43758.5);
        if (abs(fract(x / 0.9) - 0.5) < 0.012 && abs(rest.z) < 0.2) c = vec3(0.35);
    }
    float lit = reached(world + n * 0.008, soft_m);
    float key_n = max((dot(n, key_dir) + wrap) / (1.0 + wrap), 0.0);
    vec3 around = mix(bounce, sky, 0.5 + 0.5 * n.y);
    // Less of the room is seen near the floor.
    float open = kind < 6 ? 0.60 + 0.40 * smoothstep(0.0, 0.5, world.y - floor_y + 0.18 * n.y) : 1.0;
    vec3 warm = kind == 0 ? vec3(1.0, 0.93, 0.90) : vec3(1.0);
    vec3 out_light = c * (key * key_n * lit * warm + around * open);
    vec3 h = normalize(key_dir + v);
    out_light += key * lit * gloss * pow(max(dot(n, h), 0.0), tight);
    float rim = pow(1.0 - max(dot(n, v), 0.0), 4.0);
    out_light += sky * rim * (kind == 0 || kind == 4 ? 0.06 : 0.03);
    colour = vec4(out_light, 1.0);
}
