"""Which words of a company's name only say its legal form?

Words as `company_name` normalises them: lower case, no accents, dots joined (`S.p.A.` is `spa`). The tables are part of
the format: name keys are kept in repositories, so a word added here needs a migration of the keys that it changes.
"""

from collections.abc import Mapping
from types import MappingProxyType

# At the end of a name, in any country. Words of three letters or less only where no English word or name is known.
ENDINGS = frozenset(
    """
    inc incorporated corp corporation co company llc llp lllp pllc ltd limited unlimited plc dac clg ulc lp
    pty pte pvt private proprietary bhd sdn tbk pcl jsc pjsc ojsc cjsc wll fze fzco fzllc saog qsc
    gmbh mbh ggmbh ag kg kgaa ohg gbr ug haftungsbeschrankt eg ek ev se aktiengesellschaft kommanditgesellschaft
    sa sas sasu sarl eurl snc scop selarl srl srls spa sapa sagl scarl scrl sprl bvba cvba
    sl slu slne lda ltda eireli sgps bv nv vof asbl vzw
    ab publ asa as aps ivs oy oyj ehf uab sro spzoo jdoo kft zrt nyrt eood ltee enr teoranta
    ооо оао зао пао ао нао тов прат пат ат тоо оод еоод ад еад доо αε επε ικε οε
    株 有 주 유 จํากัด มหาชน
    """.split()
)

# The same of several words, and "& Co" with what it is in other languages.
ENDING_PHRASES = frozenset(
    (
        "and co",
        "and company",
        "und co",
        "et cie",
        "and cie",
        "et compagnie",
        "and sie",
        "en co",
        "og co",
        "och co",
        "y cia",
        "e cia",
        "y compania",
        "e companhia",
        "sa de cv",
        "s de rl",
        "s de rl de cv",
        "sapi de cv",
        "sp z oo",
        "spolka z oo",
        "spolka z ograniczona odpowiedzialnoscia",
        "spolka akcyjna",
        "spol sro",
        "spol s ro",
        "gesellschaft mit beschrankter haftung",
        "societe anonyme",
        "societe par actions simplifiee",
        "societa per azioni",
        "sociedad anonima",
        "sociedad limitada",
        "sociedade anonima",
        "naamloze vennootschap",
        "besloten vennootschap",
        "limited liability company",
        "public limited company",
        "limited liability partnership",
        "limited partnership",
        "joint stock company",
        "public joint stock company",
        "fz llc",
        "kabushiki kaisha",
        "godo kaisha",
        "anonim sirketi",
        "limited sirketi",
        "בע מ",
    )
)

# In front of a name, in any country.
FRONTS = frozenset("ооо оао зао пао ао нао тов прат пат ат тоо одо 株 有 合 주 유 บริษัท".split())

FRONT_PHRASES = frozenset(
    (
        "общество с ограниченной ответственностью",
        "акционерное общество",
        "публичное акционерное общество",
        "товариство з обмеженою відповідальністю",
    )
)

# Short words that mean a legal form in these countries only.
NATIONAL_ENDINGS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "BA": frozenset({"dd", "doo"}),
        "BE": frozenset({"sca", "scs"}),
        "BG": frozenset({"ad", "ead", "ood"}),
        "DK": frozenset({"is", "ks", "ps"}),
        "EE": frozenset({"ou"}),
        "EG": frozenset({"sae"}),
        "ES": frozenset({"sal", "sau"}),
        "FI": frozenset({"ky", "tmi"}),
        "FR": frozenset({"sca", "sci", "scs"}),
        "GB": frozenset({"cic"}),
        "GR": frozenset({"ae", "epe", "ike", "oe"}),
        "HR": frozenset({"dd", "doo"}),
        "HU": frozenset({"bt", "rt"}),
        "IE": frozenset({"cic", "teo"}),
        "IS": frozenset({"hf"}),
        "IT": frozenset({"ss"}),
        "JP": frozenset({"gk", "kk"}),
        "LB": frozenset({"sal"}),
        "LU": frozenset({"sca", "sci", "scs"}),
        "LV": frozenset({"sia"}),
        "ME": frozenset({"ad", "doo"}),
        "MK": frozenset({"ad", "doo", "dooel"}),
        "NA": frozenset({"cc"}),
        "NL": frozenset({"cv"}),
        "NO": frozenset({"ans", "da", "ks"}),
        "PL": frozenset({"zoo"}),
        "RS": frozenset({"ad", "doo"}),
        "SE": frozenset({"hb", "kb"}),
        "SI": frozenset({"dd", "doo"}),
        "TR": frozenset({"sti"}),
        "US": frozenset({"lc"}),
        "ZA": frozenset({"cc"}),
    }
)
NATIONAL_FRONTS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "DK": frozenset({"as", "aps"}),
        "EE": frozenset({"as", "ou"}),
        "FI": frozenset({"ab", "oy"}),
        "ID": frozenset({"cv", "pt"}),
        "LT": frozenset({"ab", "uab"}),
        "LV": frozenset({"as", "sia"}),
        "NO": frozenset({"as"}),
        "SE": frozenset({"ab"}),
    }
)

# Written without a blank, before or behind; longer ones first.
GLUED = (
    "股份有限公司",
    "有限责任公司",
    "有限責任公司",
    "株式会社",
    "有限会社",
    "合同会社",
    "合資会社",
    "合名会社",
    "有限公司",
    "주식회사",
    "유한회사",
    "公司",
)

# What cannot stand alone as a name.
STOP_WORDS = frozenset(
    """
    the a an and of for in on by le la les el los las der die das den det il lo gli o os as und et y e de du van
    """.split()
)
