"""Invented buyers and receivers with real-shaped Japanese addresses; the same seed gives the same people."""

from random import Random

# Family names and given names are paired at random; the people do not exist.
FAMILY_NAMES = (
    ("青海", "オウミ"),
    ("浅木", "アサギ"),
    ("石舞", "イシマイ"),
    ("卯月", "ウヅキ"),
    ("榎並", "エナミ"),
    ("大槻原", "オオツキハラ"),
    ("霞田", "カスミダ"),
    ("北浜", "キタハマ"),
    ("楠瀬", "クスノセ"),
    ("小鳥沢", "コトリザワ"),
    ("笹舟", "ササフネ"),
    ("白帆", "シラホ"),
    ("涼森", "スズモリ"),
    ("高灯", "タカアカリ"),
    ("千鳥谷", "チドリヤ"),
    ("月岡", "ツキオカ"),
    ("渡海", "トカイ"),
    ("中帆", "ナカホ"),
    ("錦戸川", "ニシキドガワ"),
    ("羽田野", "ハタノ"),
    ("日向坂", "ヒナタザカ"),
    ("藤波", "フジナミ"),
    ("星合", "ホシアイ"),
    ("真砂", "マサゴ"),
    ("水城", "ミズキ"),
    ("森永谷", "モリナガヤ"),
    ("矢車", "ヤグルマ"),
    ("雪野", "ユキノ"),
    ("嵐山寺", "ランザンジ"),
    ("若芽", "ワカメ"),
)
GIVEN_NAMES = (
    ("葵", "アオイ"),
    ("朝陽", "アサヒ"),
    ("一花", "イチカ"),
    ("海斗", "カイト"),
    ("夏帆", "カホ"),
    ("健太郎", "ケンタロウ"),
    ("小春", "コハル"),
    ("咲良", "サクラ"),
    ("翔", "ショウ"),
    ("すみれ", "スミレ"),
    ("大地", "ダイチ"),
    ("千尋", "チヒロ"),
    ("翼", "ツバサ"),
    ("冬馬", "トウマ"),
    ("奈々", "ナナ"),
    ("春人", "ハルト"),
    ("陽菜", "ヒナ"),
    ("誠", "マコト"),
    ("美月", "ミツキ"),
    ("結衣", "ユイ"),
    ("悠", "ユウ"),
    ("蓮", "レン"),
    ("凛", "リン"),
    ("航", "ワタル"),
)
# Post code, prefecture with city, and town, true to each other for whoever checks addresses.
PLACES = (
    ("060-0042", "北海道札幌市中央区", "大通西"),
    ("980-0811", "宮城県仙台市青葉区", "一番町"),
    ("330-0854", "埼玉県さいたま市大宮区", "桜木町"),
    ("260-0013", "千葉県千葉市中央区", "中央"),
    ("273-0005", "千葉県船橋市", "本町"),
    ("100-0005", "東京都千代田区", "丸の内"),
    ("150-0002", "東京都渋谷区", "渋谷"),
    ("160-0022", "東京都新宿区", "新宿"),
    ("170-0013", "東京都豊島区", "東池袋"),
    ("190-0012", "東京都立川市", "曙町"),
    ("220-0012", "神奈川県横浜市西区", "みなとみらい"),
    ("210-0007", "神奈川県川崎市川崎区", "駅前本町"),
    ("950-0087", "新潟県新潟市中央区", "東大通"),
    ("920-0853", "石川県金沢市", "本町"),
    ("380-0823", "長野県長野市", "南千歳"),
    ("420-0851", "静岡県静岡市葵区", "黒金町"),
    ("450-0002", "愛知県名古屋市中村区", "名駅"),
    ("604-8005", "京都府京都市中京区", "恵比須町"),
    ("530-0001", "大阪府大阪市北区", "梅田"),
    ("542-0076", "大阪府大阪市中央区", "難波"),
    ("650-0021", "兵庫県神戸市中央区", "三宮町"),
    ("700-0024", "岡山県岡山市北区", "駅元町"),
    ("730-0011", "広島県広島市中区", "基町"),
    ("760-0019", "香川県高松市", "サンポート"),
    ("812-0011", "福岡県福岡市博多区", "博多駅前"),
    ("860-0807", "熊本県熊本市中央区", "下通"),
    ("892-0842", "鹿児島県鹿児島市", "東千石町"),
    ("900-0015", "沖縄県那覇市", "久茂地"),
)
BUILDINGS = (
    "",
    "",
    "",
    "コーポ白帆 {room}",
    "メゾン千鳥 {room}号室",
    "ハイツ青海 {room}",
    "第二月岡ビル {floor}階",
)


def invent_buyer(chance: Random) -> dict[str, str]:
    """Return a buyer: name, kana, tel, mobile, email. The e-mail address can never be delivered."""
    name, kana = _name(chance)
    number = chance.randrange(10_000)
    return {
        "name": name,
        "kana": kana,
        "tel": "",
        "mobile": _mobile(chance),
        "email": f"buyer{number:04d}@example.invalid",
    }


def invent_receiver(chance: Random) -> dict[str, str]:
    """Return a receiver: name, kana, tel, mobile, zip_code, address1 (prefecture and city), address2."""
    name, kana = _name(chance)
    zip_code, city, town = chance.choice(PLACES)
    blocks = f"{chance.randint(1, 5)}-{chance.randint(1, 30)}-{chance.randint(1, 20)}"
    building = chance.choice(BUILDINGS).format(room=chance.randint(101, 909), floor=chance.randint(2, 12))
    return {
        "name": name,
        "kana": kana,
        "tel": "",
        "mobile": _mobile(chance),
        "zip_code": zip_code,
        "address1": city,
        "address2": f"{town}{blocks} {building}".strip(),
    }


def _name(chance: Random) -> tuple[str, str]:
    family, family_kana = chance.choice(FAMILY_NAMES)
    given, given_kana = chance.choice(GIVEN_NAMES)
    return f"{family} {given}", f"{family_kana} {given_kana}"


def _mobile(chance: Random) -> str:
    # No subscriber has a number that begins with 090-0000.
    return f"+81-90-0000-{chance.randrange(10_000):04d}"
