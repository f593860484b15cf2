"""Map coordinates to degrees and back, by closed formulas and without a map library.

ETRS-TM35FIN (EPSG:3067) by the Krüger series of the JHS 197 recommendation (annex 2,
transverse Mercator, to the fourth power of n), on the GRS 80 ellipsoid.  EUREF-FIN is
taken as WGS84, as everyone does; the difference is under a metre and not in the data.
Web Mercator (EPSG:3857) by its own definition on a sphere.  Accuracy: millimetres.
"""

from __future__ import annotations

from math import (
    asin,
    asinh,
    atan,
    atan2,
    atanh,
    cos,
    cosh,
    degrees,
    exp,
    hypot,
    log,
    pi,
    radians,
    sin,
    sinh,
    sqrt,
    tan,
)

_AXIS = 6378137.0  # metres
_FLATTENING = 1 / 298.257222101
_SCALE = 0.9996
_MIDDLE = radians(27.0)
_FALSE_EASTING = 500_000.0
_N = _FLATTENING / (2 - _FLATTENING)
_RADIUS = _AXIS / (1 + _N) * (1 + _N**2 / 4 + _N**4 / 64) * _SCALE
_ECCENTRICITY = sqrt(2 * _FLATTENING - _FLATTENING**2)
_FORWARD = (
    _N / 2 - 2 * _N**2 / 3 + 5 * _N**3 / 16 + 41 * _N**4 / 180,
    13 * _N**2 / 48 - 3 * _N**3 / 5 + 557 * _N**4 / 1440,
    61 * _N**3 / 240 - 103 * _N**4 / 140,
    49561 * _N**4 / 161280,
)
_INVERSE = (
    _N / 2 - 2 * _N**2 / 3 + 37 * _N**3 / 96 - _N**4 / 360,
    _N**2 / 48 + _N**3 / 15 - 437 * _N**4 / 1440,
    17 * _N**3 / 480 - 37 * _N**4 / 840,
    4397 * _N**4 / 161280,
)


def tm35fin_to_wgs84(northing: float, easting: float) -> tuple[float, float]:
    """EPSG:3067 metres (northing about 6.6–7.8 million) to `(lat, lon)` in degrees."""
    xi = northing / _RADIUS
    eta = (easting - _FALSE_EASTING) / _RADIUS
    xi_0, eta_0 = xi, eta
    for k, h in enumerate(_INVERSE, 1):
        xi_0 -= h * sin(2 * k * xi) * cosh(2 * k * eta)
        eta_0 -= h * cos(2 * k * xi) * sinh(2 * k * eta)
    beta = asin(sin(xi_0) / cosh(eta_0))
    isometric = asinh(tan(beta))
    whole = isometric
    for _ in range(6):  # each round gains three digits
        whole = isometric + _ECCENTRICITY * atanh(_ECCENTRICITY * _tanh(whole))
    lon = _MIDDLE + atan2(sinh(eta_0), cos(xi_0))
    return degrees(atan(sinh(whole))), degrees(lon)


def wgs84_to_tm35fin(lat: float, lon: float) -> tuple[float, float]:
    """Degrees to EPSG:3067 `(northing, easting)` in metres."""
    phi, away = radians(lat), radians(lon) - _MIDDLE
    isometric = asinh(tan(phi)) - _ECCENTRICITY * atanh(_ECCENTRICITY * sin(phi))
    t = sinh(isometric)
    xi_0 = atan2(t, cos(away))
    eta_0 = asinh(sin(away) / hypot(t, cos(away)))
    xi, eta = xi_0, eta_0
    for k, h in enumerate(_FORWARD, 1):
        xi += h * sin(2 * k * xi_0) * cosh(2 * k * eta_0)
        eta += h * cos(2 * k * xi_0) * sinh(2 * k * eta_0)
    return _RADIUS * xi, _RADIUS * eta + _FALSE_EASTING


def web_mercator_to_wgs84(x: float, y: float) -> tuple[float, float]:
    """EPSG:3857 metres (x east, y north) to `(lat, lon)` in degrees."""
    return degrees(2 * atan(exp(y / _AXIS)) - pi / 2), degrees(x / _AXIS)


def wgs84_to_web_mercator(lat: float, lon: float) -> tuple[float, float]:
    """Degrees to EPSG:3857 `(x, y)` in metres; `lat` must lie between the poles."""
    return _AXIS * radians(lon), _AXIS * log(tan(pi / 4 + radians(lat) / 2))


def looks_tm35fin(northing: float, easting: float) -> bool:
    """Whether two numbers can be a Finnish point in EPSG:3067."""
    return 6_580_000 <= northing <= 7_800_000 and 50_000 <= easting <= 770_000


def _tanh(value: float) -> float:
    return sinh(value) / cosh(value)
