"""The demo factory's trade on one Monday: what customers have ordered, what lies in stock, what is on its way.

Four troubles of small batches are in it, each marked below: (a) small orders against large MOQs, (b) contracts with
fixed monthly call-offs, (c) a line that waits for 20 screws, (d) a promise made from a stale stock sheet.
"""

from datetime import date

TODAY = date(2026, 11, 23)

# demand | item | qty | due | priority | customer
ORDERS = """
SO-1042 | KT-K17-BL-CN | 150 | 2027-01-08 | 3 | 海岸酒店 Haian Hotels
SO-1043 | GR-SV-EU     | 20  | 2027-01-22 | 3 | Caffè Torino
SO-1044 | AP-NV        | 300 | 2027-01-15 | 4 | 早安面包 Zaoan Bakery
SO-1047 | MW-WH-CN     | 10  | 2026-11-27 | 1 | 康贝母婴 Kangbei Baby
SO-1049 | HP-GN-EU     | 60  | 2026-12-04 | 2 | Nordhaus GmbH
SO-1051 | KT-K15-PK-CN | 40  | 2026-12-09 | 4 | 小屿商店 Xiaoyu Store
SO-1052 | KT-K15-BL-UK | 60  | 2027-02-12 | 5 | Albion Homeware
SO-1053 | GR-BK-CN     | 15  | 2027-02-05 | 4 | 山丘咖啡 Shanqiu Coffee
SO-1055 | KT-K17-PK-UK | 80  | 2027-03-05 | 5 | Albion Homeware
SO-1058 | AP-KH        | 120 | 2027-03-12 | 5 | 山丘咖啡 Shanqiu Coffee
SO-1061 | KT-K15-WH-CN | 50  | 2026-11-20 | 2 | 小屿商店 Xiaoyu Store
"""
# (a) SO-1042: 150 housing sets against an MOQ of 500 (70 % would be left). SO-1043: 20 die-cast bodies against 100
# (80 %). SO-1044: 400 yards of fabric against 1,000 (60 %). (c) SO-1047 needs 80 stainless screws, 60 are on the shelf.
# (d) SO-1049 was promised from a sheet that counted 120 glass bodies: 90 of them are chipped and in quarantine.
# SO-1061 was due last Friday.

# (b) contract | item | qty a month | day of the month | customer: six monthly call-offs from December on
CONTRACTS = """
FC-21 | KT-K15-WH-CN | 800 | 20 | 华东电商 Huadong Online
FC-22 | KT-K17-BK-EU | 500 | 25 | Nordhaus GmbH
FC-23 | MW-WH-CN     | 150 | 18 | 康贝母婴 Kangbei Baby
"""
CALL_OFF_MONTHS = [(2026, 12), (2027, 1), (2027, 2), (2027, 3), (2027, 4), (2027, 5)]

# The everyday orders: one every four days, dealt round these products, quantities and customers.
EVERYDAY_COUNT = 46
EVERYDAY_FIRST_NUMBER = 1101
EVERYDAY_FIRST_DUE = date(2026, 12, 2)
EVERYDAY_DAYS_APART = 4
EVERYDAY_PRODUCTS = """
KT-K15-WH-CN KT-K17-WH-EU KT-K15-BK-CN HP-WH-CN KT-K17-BK-UK KT-K15-GN-CN MW-PK-CN KT-K17-GN-EU HP-PK-CN KT-K15-RD-CN
KT-K17-WH-CN HP-GN-EU MW-GN-EU
"""
EVERYDAY_QUANTITIES = (120, 60, 200, 80, 150, 40, 100)
EVERYDAY_CUSTOMERS = (
    "小屿商店 Xiaoyu Store",
    "海岸酒店 Haian Hotels",
    "Albion Homeware",
    "百家超市 Baijia Mart",
    "Nordhaus GmbH",
)

# code | qty | received | status
STOCK = """
HS-{M}-WH   | 640   | 2026-10-28 | available
HS-{M}-BK   | 410   | 2026-10-28 | available
HS-{M}-GN   | 180   | 2026-08-11 | available
HS-K15-RD   | 260   | 2026-06-02 | available
HS-K15-PK   | 64    | 2026-07-15 | available
LS-{M}-{C}  | 210   | 2026-10-20 | available
HD-{C}      | 480   | 2026-10-20 | available
BT-{C}      | 900   | 2026-09-03 | available
BC-{P}      | 420   | 2026-10-20 | available
HC-CN       | 760   | 2026-11-02 | available
HC-EU       | 120   | 2026-09-18 | available
HC-UK       | 180   | 2026-09-18 | available
TH-01       | 1400  | 2026-11-06 | available
TH-02       | 900   | 2026-11-06 | available
FU-01       | 3200  | 2026-11-06 | available
PC-CN       | 820   | 2026-11-10 | available
PC-EU       | 340   | 2026-11-10 | available
PC-UK       | 150   | 2026-08-21 | available
TW-01       | 2600  | 2026-10-09 | available
TW-02       | 2300  | 2026-10-09 | available
TW-03       | 2300  | 2026-10-09 | available
TW-04       | 1100  | 2026-05-14 | available
SC-M3X8     | 26500 | 2026-11-12 | available
SC-M3X12    | 5200  | 2026-11-12 | available
SC-M4X12    | 60    | 2026-07-30 | available
SC-M4X16    | 640   | 2026-07-30 | available
WS-M4       | 1800  | 2026-07-30 | available
NT-M4       | 900   | 2026-07-30 | available
SR-{M}      | 860   | 2026-10-15 | available
SR-LID      | 1700  | 2026-10-15 | available
FT-01       | 6400  | 2026-10-15 | available
SP-01       | 1500  | 2026-09-22 | available
LED-01      | 1300  | 2026-09-22 | available
SW-01       | 1250  | 2026-09-22 | available
WL-{M}      | 820   | 2026-10-20 | available
FL-01       | 1350  | 2026-10-15 | available
SH-304      | 380.5 | 2026-11-09 | available
SH-430      | 46    | 2026-05-26 | available
GL-01       | 14.25 | 2026-11-09 | available
GR-01       | 4.6   | 2026-11-09 | available
TP-01       | 620   | 2026-10-30 | available
TB-01       | 7400  | 2026-10-30 | available
BX-{M}-CN   | 700   | 2026-11-11 | available
BX-{M}-EU   | 260   | 2026-09-08 | available
MN-{M}-CN   | 1600  | 2026-11-11 | available
MN-{M}-EU   | 420   | 2026-09-08 | available
LB-{M}-{P}  | 640   | 2026-09-08 | available
CT-{M}      | 180   | 2026-11-04 | available
WC-{P}      | 1500  | 2026-11-04 | available
PB-01       | 2400  | 2026-11-17 | available
DS-01       | 5200  | 2026-10-30 | available
FM-{M}      | 640   | 2026-11-04 | available
GS-HP       | 30    | 2026-09-29 | available
GS-HP       | 90    | 2026-11-13 | quarantine
GC-HP       | 160   | 2026-09-29 | available
TS-HP       | 240   | 2026-10-22 | available
HP-HD-{D}   | 190   | 2026-10-20 | available
HP-BS-{D}   | 150   | 2026-10-20 | available
HP-PCB-CN   | 110   | 2026-10-08 | available
HP-PCB-EU   | 70    | 2026-10-08 | available
HP-KP       | 260   | 2026-10-08 | available
HP-HC-{P}   | 90    | 2026-09-18 | available
HP-NTC      | 620   | 2026-11-06 | available
HP-BX-CN    | 220   | 2026-09-08 | available
HP-BX-EU    | 120   | 2026-09-08 | available
HP-MN-{P}   | 240   | 2026-09-08 | available
HP-LB-{P}   | 380   | 2026-09-08 | available
HP-CT       | 70    | 2026-11-04 | available
MW-SH-WH    | 190   | 2026-10-27 | available
MW-SH-GN    | 60    | 2026-06-19 | available
MW-SH-PK    | 130   | 2026-08-24 | available
MW-CP       | 320   | 2026-10-27 | available
MW-HR-CN    | 240   | 2026-11-02 | available
MW-PCB      | 230   | 2026-10-08 | available
MW-BX-CN    | 340   | 2026-09-08 | available
MW-MN-CN    | 460   | 2026-09-08 | available
MW-LB-CN    | 520   | 2026-09-08 | available
GR-HP       | 18    | 2026-04-17 | available
GR-BR       | 12    | 2026-04-17 | available
GR-DC-BK    | 26    | 2026-04-17 | available
TR-{F}      | 6     | 2026-03-05 | available
BK-01       | 340   | 2026-03-05 | available
LT-01       | 620   | 2026-03-05 | available
FB-KH       | 85    | 2026-03-05 | available
SA-LINER-{M} | 120  | 2026-11-18 | available
SA-MW-CN    | 24    | 2026-11-20 | available
SA-BASE-CN  | 90    | 2026-11-19 | available
KT-K15-WH-CN | 74   | 2026-11-20 | available
KT-K17-BK-EU | 36   | 2026-11-20 | available
"""

# The same, with the order that brought it. These are dead: the 1.2 L kettle left the catalogue, and the US buyer never
# came back.
DEAD_STOCK = """
HS-K12-VT   | 480   | 2024-05-16 | available | PO-0871
BX-K12-CN   | 1100  | 2024-05-20 | available | PO-0874
MN-K12-CN   | 900   | 2024-05-20 | available | PO-0874
HC-OLD      | 260   | 2024-03-11 | available | PO-0820
PC-US       | 640   | 2025-02-24 | available | PO-1290
"""

# Who takes what nobody will use: code (empty: all) | who | kind | part of the value | fee | at most | until | fade
OUTLETS = """
          | 废品站 Scrap yard       | scrap     | 0.08 |     |     |            |
HS-K12-VT | 顺达塑胶 Shunda Plastics | return    | 0.30 | 200 |     | 2027-03-31 | 0.05
HS-K12-VT | 直播间 Live sale        | promotion | 0.55 | 350 | 200 |            | 0.10
HC-OLD    | 老客户售后 Spare parts  | resale    | 0.40 | 0   | 120 |            |
PC-US     | Bay Cables              | resale    | 0.60 | 400 | 500 | 2027-02-28 | 0.08
"""

# What was got rid of before: code | closed | qty | who took it | money back | as booked | opened | supplier | bought
# | needed | came in | why | what to do otherwise next time. The mist-blue housing is about to be bought that way again.
DISPOSALS = """
HS-K17-BL | 2025-11-20 | 350 | 配件回收 Surplus dealer  | 840  | 4200 | 2025-09-15 | SD | 500 | 150 | 2024-09-12 | \
起订量多买 minimum order | 先问小批量的价，再谈分批送货 ask for a small-lot price first, then for deliveries in parts
GR-DC-SV  | 2026-03-18 | 80  | 配件回收 Surplus dealer  | 1090 | 5440 | 2026-01-12 | SD | 100 | 20  | 2024-10-08 | \
起订量多买 minimum order | 单件和小单找快模厂 small orders go to the rapid toolmaker
BX-K12-CN | 2026-02-06 | 700 | 纸品回收 Paper dealer    | 95   | 1680 | 2025-12-20 | YC | 1000 | 300 | 2024-04-22 | \
产品换代 model change | 换代前三个月，包装只按订单买 before a change of model buy packaging to order
"""

# supply | code | qty | due | supplier
SUPPLIES = """
PO-2087 | HC-EU    | 400  | 2026-11-16 | HR
PO-2090 | SC-M4X12 | 2000 | 2026-12-08 | GT
PO-2091 | HS-K17-RD | 500 | 2026-12-10 | SD
PO-2092 | HS-K15-WH | 1000 | 2026-12-07 | SD
PO-2093 | PC-EU    | 600  | 2026-12-03 | XL
PO-2094 | GC-HP    | 300  | 2026-12-14 | BL
PO-2095 | HP-PCB-CN | 100 | 2026-12-11 | JX
"""
# PO-2087 is a week overdue. PO-2091 was bought for a red kettle order that the customer has cancelled since.

# code | pieces to fall back on
SAFETY_STOCK = """
SC-M3X8 | 10000
TH-01   | 300
HC-CN   | 200
PC-CN   | 200
SR-LID  | 200
SH-304  | 60
"""

# code | use in an average month of the last two years
HISTORY = """
HS-{M}-WH   | 260
HS-{M}-BK   | 190
HS-{M}-GN   | 45
HS-K15-RD   | 30
LS-{M}-WH   | 260
LS-{M}-BK   | 190
LS-{M}-GN   | 45
HD-WH       | 520
HD-BK       | 380
HD-GN       | 90
BT-WH       | 520
BT-BK       | 380
BT-GN       | 90
BC-{P}      | 330
HC-CN       | 620
HC-EU       | 260
HC-UK       | 110
TH-01       | 990
TH-02       | 990
FU-01       | 2150
PC-CN       | 760
PC-EU       | 310
PC-UK       | 120
TW-01       | 1300
TW-02       | 990
TW-03       | 990
SC-M3X8     | 13800
SC-M3X12    | 3000
SC-M4X12    | 1100
SR-{M}      | 490
SR-LID      | 990
FT-01       | 4300
SP-01       | 990
LED-01      | 990
SW-01       | 1010
WL-{M}      | 490
FL-01       | 990
SH-304      | 330
GL-01       | 4
GR-01       | 2
TB-01       | 2000
BX-{M}-CN   | 310
BX-{M}-EU   | 130
MN-{M}-CN   | 310
MN-{M}-EU   | 130
LB-{M}-CN   | 310
LB-{M}-EU   | 130
CT-{M}      | 82
WC-{P}      | 420
PB-01       | 1250
DS-01       | 990
FM-{M}      | 490
GS-HP       | 110
GC-HP       | 110
TS-HP       | 110
HP-HD-{D}   | 36
HP-BS-{D}   | 36
HP-PCB-CN   | 74
HP-KP       | 110
HP-NTC      | 250
MW-SH-WH    | 105
MW-CP       | 140
MW-HR-CN    | 120
MW-PCB      | 140
"""
HISTORY_FIRST_MONTH = (2024, 11)
HISTORY_MONTHS = 24
SEASON = (1.10, 0.70, 0.95, 1.00, 0.95, 0.85, 0.80, 0.85, 1.00, 1.10, 1.40, 1.30)
"""Kettles sell in the cold months and for the November sales: January to December, on average 1."""
