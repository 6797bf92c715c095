layout(std140) uniform Bones { vec4 rows[105]; };

vec3 carried(vec3 p, float w, uvec4 bones, vec4 share) {
    vec3 sum = vec3(0.0);
    for (int k = 0; k < 4; k++) {
        int b = int(bones[k]) * 3;
        vec4 q = vec4(p, w);
        sum += share[k] * vec3(dot(rows[b], q), dot(rows[b + 1], q), dot(rows[b + 2], q));
    }
    return sum;
}
