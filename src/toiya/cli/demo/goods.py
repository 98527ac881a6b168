"""What the demo's sellers sell: invented, with numbers of the range that no company may have."""

from __future__ import annotations

from dataclasses import dataclass

SHOP_PASSWORD = "demo-pass"  # noqa: S105  at the pretend site, where nothing is real
FULL = 100  # what a site shows before our numbers reach it


@dataclass(frozen=True, slots=True)
class Option:
    """One SKU: the seller's code, its name beside the item's, weight, pieces to receive, days its lots keep."""

    code: str
    label: str
    weight_g: int
    pieces: int = 40
    lots_keep_days: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """A product as offered on the site; one option without a label is a product without options."""

    name: str
    price: int
    options: tuple[Option, ...]
    axis: str = "カラー"

    @property
    def listing_code(self) -> str:
        """The seller's code of the whole product at the site."""
        return self.options[0].code if len(self.options) == 1 else self.options[0].code.rpartition("-")[0]


@dataclass(frozen=True, slots=True)
class SellerPlan:
    """One seller with its shop, its people, its goods, and the money it paid in (yen)."""

    name: str
    language: str
    shop_id: str
    owner: str
    email: str
    deposit_yen: int
    items: tuple[Item, ...]
    not_registered: tuple[Item, ...] = ()  # on sale at the site, unknown to us

    @property
    def options(self) -> list[tuple[Item, Option]]:
        """Every SKU with its item."""
        return [(item, option) for item in self.items for option in item.options]


def one(code: str, name: str, price: int, weight_g: int, pieces: int = 40) -> Item:
    """A product without options."""
    return Item(name, price, (Option(code, "", weight_g, pieces),))


def barcode(number: int) -> str:
    """A 13-digit barcode of the range for shops' own use (it begins with 20), with its check digit."""
    body = f"20{number:010d}"
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(body))
    return body + str(-total % 10)


HANATABA = SellerPlan(
    name="花束 Hanataba",
    language="ja",
    shop_id="hanataba",
    owner="林 さくら",
    email="sakura@hanataba.example",
    deposit_yen=60_000,
    items=(
        Item(
            "リネントートバッグ Linen tote",
            3_980,
            (
                Option("HB-TOTE-NV", "ネイビー navy", 310),
                Option("HB-TOTE-EC", "エクリュ ecru", 310),
                Option("HB-TOTE-MS", "マスタード mustard", 310),
                Option("HB-TOTE-OL", "オリーブ olive", 310, 1),
            ),
        ),
        Item(
            "コットンハンカチ Cotton handkerchief",
            980,
            (
                Option("HB-HANK-SK", "桜 cherry", 35, 120),
                Option("HB-HANK-AJ", "紫陽花 hydrangea", 35, 120),
                Option("HB-HANK-KK", "菊 chrysanthemum", 35, 120),
            ),
            "柄",
        ),
        Item(
            "エプロン Linen apron",
            4_480,
            (Option("HB-APRN-GY", "グレー grey", 420), Option("HB-APRN-BK", "ブラック black", 420)),
        ),
        one("HB-CUSH-01", "刺し子クッションカバー Sashiko cushion cover", 2_780, 260),
        one("HB-RUNN-01", "テーブルランナー Table runner", 3_280, 340),
        one("HB-PNCH-01", "がま口ポーチ Clasp pouch", 1_680, 110),
        one("HB-BOOK-01", "文庫ブックカバー Paperback cover", 1_480, 90),
        one("HB-FURO-01", "風呂敷 Furoshiki 90 cm", 2_200, 150),
        one("HB-SOCK-01", "麻の靴下 Hemp socks", 1_320, 70, 60),
        one("HB-SCRF-01", "ガーゼストール Gauze scarf", 2_980, 130),
        one("HB-SLIP-01", "い草スリッパ Rush slippers", 2_480, 280),
        one("HB-MITT-01", "鍋つかみ Oven mitts", 1_880, 210),
        one("HB-CARD-01", "活版カード10枚 Letterpress cards, 10", 880, 80, 80),
        one("HB-VASE-01", "一輪挿し Bud vase", 2_380, 390),
    ),
)

YUNSHANG = SellerPlan(
    name="云上 Yunshang",
    language="zh-hans",
    shop_id="yunshang",
    owner="陈 晓云",
    email="xiaoyun@yunshang.example",
    deposit_yen=60_000,
    items=(
        Item(
            "キャンプマグ Camp mug",
            1_580,
            (
                Option("YS-MUG-WH", "ホワイト white", 180),
                Option("YS-MUG-GN", "グリーン green", 180),
                Option("YS-MUG-RD", "レッド red", 180),
            ),
        ),
        Item(
            "折りたたみチェア Folding chair",
            5_980,
            (Option("YS-CHR-KH", "カーキ khaki", 2_300, 12), Option("YS-CHR-BK", "ブラック black", 2_300, 12)),
        ),
        Item(
            "LEDランタン LED lantern",
            3_280,
            (Option("YS-LANT-S", "小 small", 260), Option("YS-LANT-L", "大 large", 540)),
            "サイズ",
        ),
        one("YS-KETL-01", "ケトル 1 L Kettle", 4_280, 620, 20),
        one("YS-GRIL-01", "卓上グリル Table grill", 6_480, 3_400, 8),
        one("YS-SPRK-01", "チタンスプーン Titanium spork", 780, 25, 100),
        one("YS-ROPE-01", "反射ガイロープ Reflective guy rope", 890, 120),
        one("YS-PEGS-01", "鍛造ペグ8本 Forged pegs, 8", 2_980, 900, 25),
        one("YS-BLNK-01", "フリースブランケット Fleece blanket", 2_680, 650),
        one("YS-DRYB-01", "防水バッグ 10 L Dry bag", 1_980, 190),
        one("YS-STOV-01", "アルコールストーブ Spirit stove", 2_180, 140, 0),
        one("YS-TABL-01", "ロールテーブル Roll table", 4_980, 1_900, 10),
        one("YS-FILT-01", "コーヒードリッパー Folding dripper", 1_280, 85),
        one("YS-FORK-01", "竹フォーク5本 Bamboo forks, 5", 580, 60, 60),
        one("YS-BAGG-01", "薪バッグ Firewood bag", 1_780, 330),
        one("YS-KNIF-01", "木柄バターナイフ Butter knife", 680, 40),
    ),
    not_registered=(one("YS-NEW-TARP", "タープ 3 m Tarp 3 m", 7_980, 1_500),),
)

DALBIT = SellerPlan(
    name="달빛 Dalbit",
    language="ko",
    shop_id="dalbit",
    owner="한 지우",
    email="jiwoo@dalbit.example",
    deposit_yen=3_300,
    items=(
        Item(
            "ティントリップ Lip tint",
            1_290,
            (
                Option("DB-TINT-01", "01 柿 persimmon", 18, 60, (210, 420)),
                Option("DB-TINT-02", "02 梅 plum", 18, 60, (210, 420)),
                Option("DB-TINT-03", "03 小豆 red bean", 18, 60, (300,)),
                Option("DB-TINT-04", "04 椿 camellia", 18, 2, (300,)),
            ),
        ),
        Item(
            "シートマスク5枚 Sheet masks, 5",
            1_480,
            (
                Option("DB-MASK-RI", "米 rice", 140, 50, (150, 330)),
                Option("DB-MASK-GT", "緑茶 green tea", 140, 50, (150, 330)),
                Option("DB-MASK-HO", "蜂蜜 honey", 140, 50, (240,)),
            ),
            "種類",
        ),
        Item(
            "クッションファンデ Cushion foundation",
            2_980,
            (
                Option("DB-CUSH-13", "13号 fair", 75, 30, (400,)),
                Option("DB-CUSH-21", "21号 light", 75, 30, (400,)),
                Option("DB-CUSH-23", "23号 natural", 75, 30, (400,)),
            ),
        ),
        Item("月桃トナー 200 ml Shell ginger toner", 2_180, (Option("DB-TONE-01", "", 240, 40, (365, 540)),)),
        Item("水分クリーム Water cream", 2_680, (Option("DB-CREM-01", "", 130, 40, (365,)),)),
        Item("日焼け止め SPF50 Sun milk", 1_880, (Option("DB-SUNM-01", "", 85, 60, (180, 520)),)),
        Item("クレンジングバーム Cleansing balm", 2_080, (Option("DB-BALM-01", "", 150, 40, (500,)),)),
        Item("ハンドクリーム Hand cream", 780, (Option("DB-HAND-01", "", 60, 80, (600,)),)),
        Item("アイパッチ60枚 Eye patches, 60", 1_680, (Option("DB-EYEP-01", "", 120, 40, (270,)),)),
        one("DB-BRSH-01", "リップブラシ Lip brush", 580, 15),
        one("DB-PUFF-01", "パフ5個 Puffs, 5", 480, 20, 80),
        one("DB-MIRR-01", "手鏡 Hand mirror", 980, 95),
        one("DB-POUC-01", "コスメポーチ Cosmetic pouch", 1_380, 85),
    ),
)

# Packs itself and hands its parcels in; what it keeps with us is beside the demo's numbers.
HIBARI = SellerPlan(
    name="ひばり工房 Hibari",
    language="ja",
    shop_id="hibari",
    owner="森 陽菜",
    email="hina@hibari.example",
    deposit_yen=10_000,
    items=(
        one("HK-BOWL-01", "粉引の鉢 Slipware bowl", 3_400, 640, 0),
        one("HK-CUP-01", "湯のみ Tea cup", 1_900, 240, 0),
        one("HK-PLAT-01", "八寸皿 Plate, 24 cm", 4_200, 980, 0),
        one("HK-CARD-01", "窯だより絵はがき5枚 Postcards of the kiln, 5", 600, 30),
    ),
)

SELLERS = (HANATABA, YUNSHANG, DALBIT)
SHOPS = (*SELLERS, HIBARI)
