"""Bodies drawn at random from published proportions, where no mesh is needed."""

from __future__ import annotations

import numpy as np

from plumbline.synthetic.skeleton import Anatomy, Array, Sex

# Heights of joints and half widths as fractions of stature: Winter (2009), fig. 4.1, after Drillis &
# Contini (1966); lumbar joint and toe hinge are placed by convention.
HIP, KNEE, ANKLE = 0.530, 0.285, 0.039
LUMBAR, SHOULDER, NECK, EAR = 0.600, 0.818, 0.830, 0.930
ELBOW, WRIST, FINGERTIP = 0.630, 0.485, 0.377
HIP_HALF, SHOULDER_HALF, EAR_HALF = 0.052, 0.115, 0.045
HEEL_BEHIND, BALL_AHEAD, TOE_AHEAD = 0.037, 0.078, 0.120
SOLE_M = 0.022
SPREAD = 0.03


def random_anatomy(rng: np.random.Generator) -> Anatomy:
    """A body of either sex drawn by `rng`: 1.55 to 1.95 m, every length a few percent off the average."""
    sex: Sex = "female" if rng.random() < 0.5 else "male"
    mean, sd = (1.66, 0.06) if sex == "female" else (1.79, 0.07)
    height = float(np.clip(rng.normal(mean, sd), 1.55, 1.95))
    shank, thigh, trunk, neck, foot = rng.normal(1.0, SPREAD, 5)
    return anatomy_of(height, sex, bmi=float(rng.normal(22, 2)), scales=(shank, thigh, trunk, neck, foot))


def anatomy_of(
    height_m: float,
    sex: Sex = "female",
    bmi: float = 22.0,
    scales: tuple[float, float, float, float, float] = (1.0, 1.0, 1.0, 1.0, 1.0),
) -> Anatomy:
    """A body of average proportions, or with some of its lengths scaled.

    Parameters
    ----------
    height_m : float
        Stature of the average proportions.
    sex : "female" or "male"
    bmi : float
        Body mass index, kg/m².
    scales : tuple of float
        Of shank, thigh, trunk, neck and foot; 1 is the average.

    Returns
    -------
    Anatomy

    References
    ----------
    Winter (2009), fig. 4.1, after Drillis & Contini (1966).
    """
    shank, thigh, trunk, neck, foot = scales
    h = height_m
    ankle = ANKLE * h + SOLE_M
    knee = ankle + shank * (KNEE - ANKLE) * h
    hip = knee + thigh * (HIP - KNEE) * h

    def above(level: float) -> float:
        return hip + trunk * (level - HIP) * h

    shoulder, neck_y = above(SHOULDER), above(NECK)
    ear = neck_y + neck * (EAR - NECK) * h
    joints: dict[str, Array] = {"pelvis": np.array([0, hip, 0]), "trunk": np.array([0, above(LUMBAR), 0])}
    joints["head"] = np.array([0.0, neck_y, 0.0])
    points: dict[str, Array] = {"vertex": np.array([0.0, ear + 0.07 * h, 0.0])}
    points["nose"] = np.array([0.065 * h, ear - 0.005 * h, 0.0])
    for side, z in (("left", -1.0), ("right", 1.0)):
        at = z * HIP_HALF * h
        arm = z * SHOULDER_HALF * h
        joints[f"{side}_thigh"] = np.array([0, hip, at])
        joints[f"{side}_shank"] = np.array([0, knee, at])
        joints[f"{side}_foot"] = np.array([0, ankle, at])
        joints[f"{side}_toes"] = np.array([foot * BALL_AHEAD * h, SOLE_M, at])
        joints[f"{side}_upper_arm"] = np.array([0, shoulder, arm])
        joints[f"{side}_forearm"] = np.array([0, shoulder - (SHOULDER - ELBOW) * h, arm])
        joints[f"{side}_hand"] = np.array([0, shoulder - (SHOULDER - WRIST) * h, arm])
        points[f"{side}_fingertip"] = np.array([0, shoulder - (SHOULDER - FINGERTIP) * h, arm])
        points[f"{side}_ear"] = np.array([0.0, ear, z * EAR_HALF * h])
        points[f"{side}_eye"] = np.array([0.055 * h, ear + 0.012 * h, z * 0.018 * h])
        points[f"{side}_heel"] = np.array([-foot * HEEL_BEHIND * h, 0, at])
        points[f"{side}_ball"] = np.array([foot * BALL_AHEAD * h, 0, at])
        points[f"{side}_toe"] = np.array([foot * TOE_AHEAD * h + 0.01, 0, at])
    return Anatomy(height_m, bmi * height_m**2, sex, joints, points)
