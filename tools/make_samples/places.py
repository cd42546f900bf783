"""EDGAR's two-character codes in, the names that pages since March 2026 print for them out."""

from __future__ import annotations

UNITED_STATES = "UNITED STATES"

STATES = {
    "AL": "ALABAMA",
    "AK": "ALASKA",
    "AZ": "ARIZONA",
    "AR": "ARKANSAS",
    "CA": "CALIFORNIA",
    "CO": "COLORADO",
    "CT": "CONNECTICUT",
    "DE": "DELAWARE",
    "DC": "DISTRICT OF COLUMBIA",
    "FL": "FLORIDA",
    "GA": "GEORGIA",
    "HI": "HAWAII",
    "ID": "IDAHO",
    "IL": "ILLINOIS",
    "IN": "INDIANA",
    "IA": "IOWA",
    "KS": "KANSAS",
    "KY": "KENTUCKY",
    "LA": "LOUISIANA",
    "ME": "MAINE",
    "MD": "MARYLAND",
    "MA": "MASSACHUSETTS",
    "MI": "MICHIGAN",
    "MN": "MINNESOTA",
    "MS": "MISSISSIPPI",
    "MO": "MISSOURI",
    "MT": "MONTANA",
    "NE": "NEBRASKA",
    "NV": "NEVADA",
    "NH": "NEW HAMPSHIRE",
    "NJ": "NEW JERSEY",
    "NM": "NEW MEXICO",
    "NY": "NEW YORK",
    "NC": "NORTH CAROLINA",
    "ND": "NORTH DAKOTA",
    "OH": "OHIO",
    "OK": "OKLAHOMA",
    "OR": "OREGON",
    "PA": "PENNSYLVANIA",
    "PR": "PUERTO RICO",
    "RI": "RHODE ISLAND",
    "SC": "SOUTH CAROLINA",
    "SD": "SOUTH DAKOTA",
    "TN": "TENNESSEE",
    "TX": "TEXAS",
    "UT": "UTAH",
    "VT": "VERMONT",
    "VA": "VIRGINIA",
    "WA": "WASHINGTON",
    "WV": "WEST VIRGINIA",
    "WI": "WISCONSIN",
    "WY": "WYOMING",
}

# A part of EDGAR's list: what the samples and the random filings use.
COUNTRIES = {
    "C3": "AUSTRALIA",
    "D5": "BRAZIL",
    "Z4": "CANADA",
    "F4": "CHINA",
    "I0": "FRANCE",
    "2M": "GERMANY",
    "K3": "HONG KONG",
    "L2": "IRELAND",
    "L3": "ISRAEL",
    "M0": "JAPAN",
    "M5": "KOREA, REPUBLIC OF",
    "P7": "NETHERLANDS",
    "U0": "SINGAPORE",
    "V7": "SWEDEN",
    "V8": "SWITZERLAND",
    "F5": "TAIWAN",
    "X0": "UNITED KINGDOM",
}


def state_name(code: str) -> str:
    """The name of a state, or the code where it is none of the table."""
    return STATES.get(code, code)


def country_name(code: str) -> str:
    """The name of a country, or the code where it is none of the table."""
    return COUNTRIES.get(code, code)
