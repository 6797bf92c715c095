uniform sampler2DShadow shadows;
uniform mat4 light;
uniform float soft_m;

// Share of the key light that reaches a point: 0 in shadow, 1 in light.
float reached(vec3 p, float spread) {
    vec4 q = light * vec4(p, 1.0);
    vec3 s = q.xyz / q.w * 0.5 + 0.5;
    if (any(lessThan(s.xy, vec2(0.0))) || any(greaterThan(s.xy, vec2(1.0)))) return 1.0;
    float sum = 0.0;
    for (int i = -1; i <= 1; i += 2)
        for (int j = -1; j <= 1; j += 2) sum += texture(shadows, vec3(s.xy + vec2(i, j) * spread * 0.7, s.z));
    return sum / 4.0;
}
