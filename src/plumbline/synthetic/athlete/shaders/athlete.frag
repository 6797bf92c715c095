#version 330
in vec3 world;
in vec3 facing;
in vec3 rest;
in vec3 paint;
flat in int kind;
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

#include noise
#include light

float bump(vec3 p, float f) {
    return noise(p.xy * f + p.z * f * 0.7) + 0.5 * noise(p.zy * f * 2.1 + p.x * f) + 0.35 * noise(p.xz * f * 1.3 + 5.0);
}

vec3 bent(vec3 n, vec3 p, float f, float depth) {
    float e = 0.3 / f, a = bump(p, f);
    vec3 g = vec3(bump(p + vec3(e, 0, 0), f), bump(p + vec3(0, e, 0), f), bump(p + vec3(0, 0, e), f)) - a;
    return normalize(n - depth * g / e / f * 3.0);
}

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
    vec3 v = normalize(eye - world), n = normalize(facing), c = paint;
    if (dot(n, v) < 0.0 && kind != 3) n = -n;
    float wrap = 0.0, gloss = 0.0, tight = 20.0;
    if (kind == 0) {
        c = face(c) * (0.93 + 0.14 * fbm(rest.xy * 35.0 + rest.z * 20.0));
        n = bent(n, rest, 160.0, 0.05);
        wrap = 0.18; gloss = 0.10; tight = 18.0;
        for (int k = 0; k < 2; k++) {
            vec3 d = (rest - eyes[k]) / head;
            if (length(d) < 0.0145 && d.x > 0.0) {
                float r = length(d.yz);
                if (r < 0.0062) c = mix(vec3(0.01), vec3(0.10, 0.06, 0.03), smoothstep(0.002, 0.0035, r));
                gloss = 0.5; tight = 90.0;
            }
        }
    } else if (kind == 2) {
        n = bent(n, vec3(rest.x * 0.6, rest.y, rest.z), 16.0, 0.45);
        c *= 0.95 + 0.10 * noise(rest.xy * 600.0);
        wrap = 0.08; gloss = 0.015; tight = 8.0;
    } else if (kind == 3) {
        float lace = step(0.55, fract(rest.x * 70.0)) * step(0.065, rest.y) * step(abs(fract(rest.z * 0.0)), 1.0);
        c *= 0.88 + 0.16 * noise(rest.xz * 420.0) - 0.10 * lace;
        c *= 0.85 + 0.25 * smoothstep(0.02, 0.05, rest.y);
        gloss = 0.04;
    } else if (kind == 4) {
        float strand = noise(vec2(atan(rest.z, rest.x + 0.02) * 60.0, rest.y * 22.0)) * 0.6 + 0.4 * noise(rest.xy * 130.0);
        c *= 0.55 + 0.85 * strand;
        n = bent(n, rest, 60.0, 0.4);
        gloss = 0.07; tight = 12.0;
    } else if (kind == 5) {
        c *= 0.86 + 0.2 * noise(rest.xz * 260.0);
        gloss = 0.03;
    } else if (kind == 6) {
        c *= 0.78 + 0.4 * fbm(vec2(rest.x * 5.0 + rest.y * 40.0, rest.z * 5.0 + rest.y * 8.0));
    } else if (kind == 7) {
        float x = rest.x + belt_m;
        c *= 0.8 + 0.35 * fbm(vec2(x, rest.z) * 70.0);
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
