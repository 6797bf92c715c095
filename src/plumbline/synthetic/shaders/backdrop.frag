#version 330
// The place, without the athlete: seen once with the key light and once in its shadow.
uniform vec2 size;
uniform vec2 jitter;
uniform float focal;
uniform vec3 eye;
uniform mat3 axes;
uniform float side;
uniform float floor_y;
uniform int scene;
uniform float seed;
uniform vec3 key_dir;
uniform vec3 key;
uniform vec3 sky;
uniform vec3 bounce;
uniform float share;
layout(location = 0) out vec4 lit;
layout(location = 1) out vec4 shaded;

#include noise

float line(float x, float at, float width) { return step(abs(x - at), width * 0.5); }

vec3 trees(vec2 p, float far) {
    vec3 leaf = mix(vec3(0.035, 0.07, 0.02), vec3(0.10, 0.15, 0.045), fbm(p * vec2(0.9, 1.3)));
    leaf *= 0.55 + 0.9 * fbm(p * 4.0 + 9.0);
    return mix(leaf, vec3(0.45, 0.52, 0.58), far);
}

vec3 open_sky(vec3 d) {
    float up = clamp(d.y, 0.0, 1.0);
    vec3 c = mix(vec3(0.80, 0.86, 0.92), vec3(0.28, 0.48, 0.80), pow(up, 0.55));
    vec2 q = d.xz / max(d.y + 0.08, 0.02);
    return mix(c, vec3(1.0), smoothstep(0.48, 0.75, fbm(q * 0.9 + seed)) * 0.8);
}

// Colour of a floor point; z holds how glossy.
vec4 ground(vec2 p) {
    float grain = fbm(p * 90.0);
    if (scene == 0) {
        float row = floor(p.y / 0.075), along = p.x / 1.1 + hash(vec2(row, 3.0)) * 7.0;
        float board = hash(vec2(row, floor(along)));
        vec3 c = mix(vec3(0.42, 0.25, 0.11), vec3(0.56, 0.36, 0.17), board);
        c *= 0.86 + 0.24 * fbm(vec2(p.x * 3.0, p.y * 60.0) + board * 40.0);
        float gap = min(fract(p.y / 0.075), min(fract(along), 1.0 - fract(along)) * 14.0);
        c *= mix(0.55, 1.0, smoothstep(0.0, 0.07, gap));
        float mark = line(p.y, -1.15, 0.05) + line(p.x, 2.6, 0.05) * step(p.y, -1.15);
        return vec4(mix(c, vec3(0.75), clamp(mark, 0.0, 1.0) * 0.9), 0.30);
    }
    if (scene == 1) {
        if (p.y < -3.4) {
            vec3 grass = mix(vec3(0.06, 0.12, 0.03), vec3(0.13, 0.22, 0.06), fbm(p * vec2(4.0, 9.0)));
            return vec4(grass, 0.0);
        }
        vec3 c = vec3(0.42, 0.125, 0.075) * (0.72 + 0.45 * grain) * (0.85 + 0.3 * fbm(p * 1.3));
        float lane = line(mod(p.y + 0.62, 1.22), 0.61, 0.05);
        return vec4(mix(c, vec3(0.78), lane * (0.75 + 0.25 * grain)), 0.02);
    }
    if (scene == 2) {
        float stripe = 0.9 + 0.13 * smoothstep(-0.2, 0.2, sin(p.x * 0.9 + p.y * 0.25));
        vec3 c = mix(vec3(0.06, 0.085, 0.03), vec3(0.17, 0.20, 0.075), fbm(p * vec2(28.0, 55.0)));
        c = mix(c, vec3(0.24, 0.20, 0.10), 0.45 * smoothstep(0.55, 0.75, fbm(p * 1.1 + 4.0)));
        return vec4(c * stripe, 0.0);
    }
    if (scene == 3) {
        vec2 tile = p / 0.6, cell = floor(tile);
        vec3 c = mix(vec3(0.36, 0.37, 0.38), vec3(0.42, 0.43, 0.43), hash(cell)) * (0.9 + 0.16 * fbm(p * 30.0));
        vec2 f = fract(tile);
        float seam = min(min(f.x, 1.0 - f.x), min(f.y, 1.0 - f.y));
        return vec4(c * mix(0.72, 1.0, smoothstep(0.0, 0.012, seam)), 0.38);
    }
    float row = floor(p.y / 0.19), along = p.x / 1.3 + hash(vec2(row, 8.0)) * 5.0;
    vec3 c = mix(vec3(0.30, 0.24, 0.19), vec3(0.40, 0.33, 0.26), hash(vec2(row, floor(along))));
    c *= 0.85 + 0.3 * fbm(vec2(p.x * 4.0, p.y * 50.0));
    c *= mix(0.6, 1.0, smoothstep(0.0, 0.02, fract(p.y / 0.19)));
    return vec4(c, 0.16);
}

// Colour of the wall behind, at x along it and y up.
vec3 wall(vec2 p) {
    float stain = 0.92 + 0.14 * fbm(p * 1.7 + seed);
    if (scene == 0) {
        vec3 c = vec3(0.62, 0.60, 0.54) * stain;
        vec2 brick = vec2(p.x / 0.40 + 0.5 * mod(floor(p.y / 0.2), 2.0), p.y / 0.2);
        vec2 f = fract(brick);
        c *= 0.94 + 0.1 * hash(floor(brick));
        c *= mix(0.86, 1.0, smoothstep(0.0, 0.05, min(min(f.x, 1.0 - f.x) * 2.0, min(f.y, 1.0 - f.y))));
        if (p.y < 1.5) {
            float pad = fract(p.x / 1.2);
            c = vec3(0.06, 0.14, 0.30) * (0.85 + 0.3 * fbm(p * 3.0));
            c *= mix(0.4, 1.0, smoothstep(0.0, 0.015, min(pad, 1.0 - pad)));
            if (p.y < 0.1) c = vec3(0.05);
        }
        if (abs(p.x + 2.4 + seed) < 0.9 && p.y > 0.1 && p.y < 2.6) {
            float rung = fract(p.y / 0.13);
            c = mix(vec3(0.20, 0.17, 0.14), vec3(0.52, 0.33, 0.16), step(0.62, rung));
            if (abs(abs(p.x + 2.4 + seed) - 0.86) < 0.05) c = vec3(0.40, 0.25, 0.12);
        }
        if (p.y > 3.0 && fract(p.x / 2.0) < 0.8) c = vec3(2.2, 2.3, 2.4);
        return c;
    }
    if (scene == 3) {
        vec3 c = vec3(0.66, 0.67, 0.64) * stain;
        if (p.y < 1.05) c = vec3(0.40, 0.47, 0.44) * stain;
        if (p.y < 0.10) c = vec3(0.10);
        float x = mod(p.x + 1.1 + seed, 3.6) - 1.8;
        if (abs(x) < 0.48 && p.y < 2.06) {
            c = vec3(0.34, 0.20, 0.10) * (0.8 + 0.35 * fbm(vec2(p.x * 30.0, p.y * 2.0)));
            if (abs(x) > 0.43 || p.y > 2.01) c = vec3(0.28, 0.28, 0.27);
            if (abs(x - 0.34) < 0.05 && abs(p.y - 1.03) < 0.015) c = vec3(0.6);
        }
        if (abs(x - 1.2) < 0.32 && abs(p.y - 1.55) < 0.23) c = mix(vec3(0.7, 0.68, 0.6), vec3(0.2, 0.3, 0.4), step(0.5, noise(p * 9.0)));
        return c;
    }
    vec3 c = vec3(0.62, 0.58, 0.52) * stain;
    if (p.y < 0.09) c = vec3(0.70, 0.69, 0.67);
    float x = p.x + seed;
    if (abs(x - 1.5) < 0.62 && p.y > 0.85 && p.y < 2.2) {
        c = abs(x - 1.5) > 0.56 || abs(x - 1.5) < 0.02 || p.y < 0.91 || p.y > 2.14 ? vec3(0.7) : vec3(1.7, 1.85, 2.0);
    }
    if (abs(x + 0.9) < 0.40 && abs(p.y - 1.65) < 0.28) {
        c = mix(vec3(0.15, 0.25, 0.28), vec3(0.6, 0.42, 0.25), fbm(p * 3.5));
        if (abs(x + 0.9) > 0.37 || abs(p.y - 1.65) > 0.25) c = vec3(0.05);
    }
    if (abs(x + 2.3) < 0.85 && p.y < 0.80) {
        c = vec3(0.16, 0.19, 0.21) * (0.8 + 0.3 * fbm(p * 12.0));
        if (p.y > 0.42 && abs(fract((x + 2.3) / 0.8 + 0.5) - 0.5) < 0.012) c *= 0.6;
        if (p.y < 0.1) c *= 0.4;
    }
    return c;
}

// The scene behind the floor's end, for a ray from o along d.
vec3 behind(vec3 o, vec3 d) {
    bool inside = scene == 0 || scene > 2;
    float depth = inside ? (scene == 0 ? 4.4 : scene == 3 ? 1.5 : 2.1) : 34.0;
    float t = (-depth - o.z) / min(d.z, -1e-4);
    vec3 p = o + t * d;
    if (inside) {
        float corner = 0.72 + 0.28 * smoothstep(0.0, 0.5, p.y - floor_y);
        return wall(vec2(p.x, p.y - floor_y)) * corner;
    }
    vec3 c = open_sky(d);
    float top = (scene == 1 ? 3.2 : 4.5) + 3.4 * fbm(vec2(p.x * 0.22, seed));
    top += 0.7 * fbm(vec2(p.x * 2.2, 3.0));
    if (p.y < top) c = trees(p.xy * 0.8, 0.12);
    if (scene == 1 && p.y < 2.0) {
        float post = line(mod(p.x, 2.6), 1.3, 0.10) + line(p.y, 1.9, 0.08);
        float mesh = step(0.75, max(fract((p.x + p.y) / 0.25), fract((p.x - p.y) / 0.25)));
        c = mix(c, vec3(0.45), 0.35 * mesh);
        c = mix(c, vec3(0.40), clamp(post, 0.0, 1.0));
        if (p.y < 0.9) c = mix(c, vec3(0.22, 0.25, 0.28) * (0.8 + 0.4 * noise(floor(p.xy / vec2(3.0, 9.0)))), 0.9);
    }
    return c;
}

void main() {
    vec2 at = (gl_FragCoord.xy + jitter - 0.5 * size) / focal;
    vec3 d = normalize(axes * vec3(at, 1.0)) * vec3(side, 1.0, side);
    vec3 o = eye * vec3(side, 1.0, side);
    bool inside = scene == 0 || scene > 2;
    float depth = inside ? (scene == 0 ? 4.4 : scene == 3 ? 1.5 : 2.1) : 34.0;
    float t = d.y < -1e-4 ? (floor_y - o.y) / d.y : 1e9;
    vec3 p = o + t * d;
    vec3 back = behind(o, d);
    vec3 light = key * max(key_dir.y, 0.0), soft = sky;
    if (t < 1e8 && p.z > -depth) {
        vec4 f = ground(p.xz);
        vec3 r = reflect(d, vec3(0, 1, 0));
        float fresnel = 0.04 + 0.96 * pow(1.0 - max(-d.y, 0.0), 5.0);
        vec3 rough = vec3(hash(p.xz * 913.0 + jitter) - 0.5, 0.0, hash(p.xz * 717.0 + jitter.yx) - 0.5) * 0.22;
        vec3 mirror = f.w > 0.01 ? behind(p, normalize(r + rough)) * (inside ? sky + 0.5 * key : vec3(1.0)) : vec3(0.0);
        float edge = inside ? 0.75 + 0.25 * smoothstep(0.0, 0.4, p.z + depth) : 1.0;
        float far = inside ? 0.0 : 1.0 - exp(-t * 0.006);
        vec3 haze = vec3(0.62, 0.70, 0.78) * far * (sky + 0.5 * key);
        vec3 gloss = mirror * f.w * (0.25 + fresnel);
        lit = vec4((f.rgb * (light + soft * edge) + gloss) * (1.0 - far) + haze, 1.0) * share;
        shaded = vec4((f.rgb * soft * edge + gloss) * (1.0 - far) + haze, 1.0) * share;
        return;
    }
    vec3 shine = inside ? sky + key * max(key_dir.z, 0.12) * 0.8 : vec3(0.95);
    vec3 c = back * (inside ? shine : vec3(0.9) * (0.35 * length(sky + key)));
    lit = vec4(c, 1.0) * share;
    shaded = lit;
}
