"""The demo factory's bought parts, as a buyer would list them.

One line per kind of part; ``{C}`` and its like in a code make one part per colour, plug and so on (see ``VARIANTS``).
The names use the same letters, so "壶身外壳 {C}" becomes "壶身外壳 雾霾蓝".
"""

VARIANTS = {
    "M": {"K15": ("1.5升", "1.5 L"), "K17": ("1.7升", "1.7 L")},
    "C": {
        "WH": ("象牙白", "ivory"),
        "BK": ("曜石黑", "black"),
        "RD": ("朱砂红", "red"),
        "GN": ("薄荷绿", "mint"),
        "PK": ("樱花粉", "pink"),
        "BL": ("雾霾蓝", "mist blue"),
    },
    "D": {"WH": ("象牙白", "ivory"), "GN": ("薄荷绿", "mint"), "PK": ("樱花粉", "pink")},
    "E": {"BK": ("曜石黑", "black"), "SV": ("香槟银", "silver")},
    "P": {"CN": ("国标", "CN plug"), "EU": ("欧规", "EU plug"), "UK": ("英规", "UK plug")},
    "F": {"NV": ("藏青", "navy"), "GY": ("麻灰", "grey"), "KH": ("卡其", "khaki")},
}

SUPPLIERS = {
    "SD": "顺达塑胶 Shunda Plastics",
    "XF": "小方快模 Xiaofang Rapid Tooling",
    "HR": "恒热电器 Hengre Heating",
    "WK": "温控宝 Wenkong Controls",
    "XL": "信联线缆 Xinlian Cable",
    "GT": "固特紧固件 Gute Fasteners",
    "YC": "彩印坊 Yicai Printing",
    "BZ": "本周印 Benzhou Digital Print",
    "TG": "太钢经销 Taigang Steel",
    "JX": "精芯电子 Jingxin Electronics",
    "DJ": "东江电机 Dongjiang Motors",
    "BL": "明透玻璃 Mingtou Glass",
    "FZ": "丰织布业 Fengzhi Mills",
    "LB": "零布行 Lingbu Fabrics",
    "HC": "华辰辅料 Huachen Sundries",
    "KB": "快板电子 Kuaiban Boards",
    "XB": "小批玻璃行 Xiaopi Glass",
}

# Why a supplier has its minimum, as far as it said so.
MOQ_REASONS = {"SD": "setup", "YC": "setup", "FZ": "material", "GT": "administration"}

# code | 中文 | English | unit | unit price | supplier | MOQ | multiple | lead days | fee per order
PARTS = """
HS-{M}-{C} | {M}壶身外壳套件 {C}  | kettle housing set {M} {C}   | set  | 12.00 | SD | 500   | 50   | 18 | 0
LS-{M}-{C} | {M}壶盖外壳 {C}      | lid shell {M} {C}            | pcs  | 1.80  | SD | 50    | 50   | 15 | 0
HD-{C}     | 手柄 {C}             | handle {C}                   | pcs  | 1.10  | SD | 100   | 50   | 15 | 0
BT-{C}     | 开盖按键 {C}         | lid button {C}               | pcs  | 0.22  | SD | 100   | 100  | 15 | 0
BC-{P}     | 底座外壳 {P}         | base shell {P}               | pcs  | 1.60  | SD | 300   | 100  | 15 | 0
HC-{P}     | 发热盘 1800W {P}     | heating plate 1800 W {P}     | pcs  | 6.80  | HR | 200   | 20   | 21 | 50
TH-01      | 蒸汽温控器 KSD       | steam thermostat KSD         | pcs  | 2.10  | WK | 500   | 100  | 21 | 0
TH-02      | 耦合器 360度         | connector 360 degrees        | pcs  | 3.40  | WK | 300   | 100  | 21 | 0
FU-01      | 热熔断体 240C        | thermal fuse 240 C           | pcs  | 0.45  | WK | 1000  | 500  | 14 | 0
PC-{P}     | 电源线 {P}           | power cord {P}               | pcs  | 4.20  | XL | 300   | 50   | 12 | 0
TW-01      | 端子线 红            | terminal wire red            | pcs  | 0.18  | XL | 2000  | 500  | 10 | 0
TW-02      | 端子线 黑            | terminal wire black          | pcs  | 0.18  | XL | 2000  | 500  | 10 | 0
TW-03      | 接地线 黄绿          | earth wire yellow-green      | pcs  | 0.15  | XL | 2000  | 500  | 10 | 0
TW-04      | 端子线 蓝            | terminal wire blue           | pcs  | 0.18  | XL | 2000  | 500  | 10 | 0
SC-M3X8    | 自攻螺丝 M3x8        | self-tapping screw M3x8      | pcs  | 0.012 | GT | 20000 | 5000 | 7  | 30
SC-M3X12   | 自攻螺丝 M3x12       | self-tapping screw M3x12     | pcs  | 0.015 | GT | 10000 | 5000 | 7  | 30
SC-M4X12   | 不锈钢内六角 M4x12   | stainless hex screw M4x12    | pcs  | 0.16  | GT | 500   | 100  | 20 | 30
SC-M4X16   | 机牙螺丝 M4x16       | machine screw M4x16          | pcs  | 0.05  | GT | 200   | 100  | 7  | 30
WS-M4      | 弹垫 M4              | spring washer M4             | pcs  | 0.01  | GT | 200   | 100  | 7  | 30
NT-M4      | 螺母 M4              | nut M4                       | pcs  | 0.02  | GT | 100   | 100  | 7  | 30
SR-{M}     | 硅胶密封圈 {M}       | silicone seal {M}            | pcs  | 0.60  | HC | 500   | 100  | 10 | 0
SR-LID     | 壶盖密封圈           | lid seal                     | pcs  | 0.28  | HC | 500   | 100  | 10 | 0
FT-01      | 防滑脚垫             | rubber foot                  | pcs  | 0.05  | HC | 5000  | 1000 | 8  | 0
SP-01      | 按键弹簧             | button spring                | pcs  | 0.06  | HC | 2000  | 500  | 10 | 0
LED-01     | 指示灯 蓝            | indicator LED blue           | pcs  | 0.20  | JX | 1000  | 500  | 10 | 0
SW-01      | 船型开关             | rocker switch                | pcs  | 0.75  | WK | 500   | 100  | 12 | 0
WL-{M}     | 水位窗 {M}           | water gauge {M}              | pcs  | 0.55  | SD | 500   | 100  | 15 | 0
FL-01      | 不锈钢滤网           | steel filter                 | pcs  | 0.48  | HC | 500   | 100  | 12 | 0
SH-304     | 不锈钢板 304 0.5mm   | steel sheet 304 0.5 mm       | kg   | 16.50 | TG | 200   | 50   | 10 | 120
SH-430     | 不锈钢板 430 0.5mm   | steel sheet 430 0.5 mm       | kg   | 11.20 | TG | 50    | 10   | 10 | 120
GL-01      | 食品级硅胶           | food-grade silicone          | kg   | 38.00 | HC | 20    | 5    | 7  | 0
GR-01      | 导热硅脂             | thermal grease               | kg   | 62.00 | HC | 5     | 1    | 7  | 0
TP-01      | 高温胶带             | heat-proof tape              | m    | 0.09  | HC | 1000  | 100  | 6  | 0
TB-01      | 扎带                 | cable tie                    | pcs  | 0.02  | HC | 5000  | 1000 | 5  | 0
BX-{M}-{P} | {M}彩盒 {P}          | colour box {M} {P}           | pcs  | 2.60  | YC | 500   | 100  | 10 | 150
MN-{M}-{P} | {M}说明书 {P}        | manual {M} {P}               | pcs  | 0.35  | YC | 200   | 100  | 7  | 80
LB-{M}-{P} | {M}铭牌 {P}          | rating label {M} {P}         | pcs  | 0.08  | YC | 200   | 100  | 6  | 40
CT-{M}     | {M}外箱 6只装        | carton {M}, 6 pieces         | pcs  | 5.20  | YC | 100   | 20   | 6  | 0
WC-{P}     | 保修卡 {P}           | warranty card {P}            | pcs  | 0.06  | YC | 500   | 500  | 6  | 40
PB-01      | 胶袋                 | polybag                      | pcs  | 0.07  | YC | 2000  | 500  | 5  | 0
DS-01      | 干燥剂               | desiccant                    | pcs  | 0.03  | HC | 5000  | 1000 | 5  | 0
FM-{M}     | {M}珍珠棉            | foam insert {M}              | pcs  | 0.70  | YC | 200   | 50   | 6  | 0
GS-HP      | 高硼硅玻璃壶身       | borosilicate glass body      | pcs  | 14.50 | BL | 300   | 12   | 25 | 0
GC-HP      | 玻璃壶盖             | glass lid                    | pcs  | 4.60  | BL | 300   | 12   | 25 | 0
TS-HP      | 茶滤网               | tea strainer                 | pcs  | 3.20  | HC | 200   | 50   | 12 | 0
HP-HD-{D}  | 养生壶手柄 {D}       | health pot handle {D}        | pcs  | 2.20  | SD | 200   | 50   | 15 | 0
HP-BS-{D}  | 养生壶底座壳 {D}     | health pot base shell {D}    | pcs  | 5.60  | SD | 200   | 50   | 15 | 0
HP-PCB-{P} | 养生壶主板 {P}       | health pot main board {P}    | pcs  | 16.80 | JX | 100   | 10   | 28 | 200
HP-KP      | 薄膜按键板           | membrane keypad              | pcs  | 3.10  | JX | 200   | 50   | 14 | 0
HP-HC-{P}  | 养生壶发热盘 {P}     | health pot heating plate {P} | pcs  | 8.90  | HR | 200   | 20   | 21 | 50
HP-NTC     | NTC 温度探头         | NTC temperature probe        | pcs  | 1.30  | WK | 500   | 100  | 14 | 0
HP-BX-{P}  | 养生壶彩盒 {P}       | health pot box {P}           | pcs  | 3.80  | YC | 300   | 100  | 10 | 150
HP-MN-{P}  | 养生壶说明书 {P}     | health pot manual {P}        | pcs  | 0.45  | YC | 200   | 100  | 7  | 80
HP-LB-{P}  | 养生壶铭牌 {P}       | health pot label {P}         | pcs  | 0.08  | YC | 200   | 100  | 6  | 40
HP-CT      | 养生壶外箱           | health pot carton            | pcs  | 6.10  | YC | 100   | 20   | 6  | 0
MW-SH-{D}  | 暖奶器外壳 {D}       | milk warmer shell {D}        | set  | 6.40  | SD | 200   | 50   | 15 | 0
MW-CP      | 暖奶器水杯           | milk warmer cup              | pcs  | 2.80  | SD | 200   | 50   | 15 | 0
MW-HR-{P}  | 发热环 300W {P}      | heating ring 300 W {P}       | pcs  | 4.70  | HR | 200   | 20   | 18 | 50
MW-PCB     | 暖奶器控制板         | milk warmer control board    | pcs  | 7.90  | JX | 200   | 10   | 24 | 100
MW-BX-{P}  | 暖奶器彩盒 {P}       | milk warmer box {P}          | pcs  | 1.90  | YC | 300   | 100  | 10 | 150
MW-MN-{P}  | 暖奶器说明书 {P}     | milk warmer manual {P}       | pcs  | 0.35  | YC | 200   | 100  | 7  | 80
MW-LB-{P}  | 暖奶器铭牌 {P}       | milk warmer label {P}        | pcs  | 0.08  | YC | 200   | 100  | 6  | 40
GR-DC-{E}  | 磨豆机压铸机身 {E}   | grinder die-cast body {E}    | set  | 68.00 | SD | 100   | 10   | 30 | 0
GR-HP      | 豆仓                 | bean hopper                  | pcs  | 7.50  | SD | 10    | 10   | 15 | 0
GR-BR      | 锥形刀盘             | conical burr set             | set  | 32.00 | HC | 20    | 5    | 20 | 0
GR-MT-{P}  | 直流电机 150W {P}    | DC motor 150 W {P}           | pcs  | 46.00 | DJ | 5     | 5    | 25 | 0
GR-PCB     | 磨豆机驱动板         | grinder driver board         | pcs  | 24.00 | JX | 10    | 10   | 21 | 100
GR-BX-{P}  | 磨豆机彩盒 {P}       | grinder box {P}              | pcs  | 6.20  | BZ | 10    | 1    | 6  | 60
GR-MN-{P}  | 磨豆机说明书 {P}     | grinder manual {P}           | pcs  | 0.90  | BZ | 10    | 1    | 4  | 30
GR-LB-{P}  | 磨豆机铭牌 {P}       | grinder label {P}            | pcs  | 0.30  | BZ | 10    | 10   | 4  | 30
FB-{F}     | 帆布面料 {F}         | canvas fabric {F}            | yd   | 11.00 | FZ | 1000  | 50   | 20 | 0
TR-{F}     | 缝纫线 {F}           | sewing thread {F}            | roll | 6.50  | HC | 1     | 1    | 5  | 0
WB-{F}     | 织带 {F}             | webbing {F}                  | m    | 0.60  | HC | 50    | 50   | 7  | 0
BK-01      | 调节扣               | strap buckle                 | pcs  | 0.20  | HC | 200   | 100  | 7  | 0
LT-01      | 织唛                 | woven label                  | pcs  | 0.12  | HC | 200   | 100  | 9  | 30
AB-01      | 围裙包装袋           | apron bag                    | pcs  | 0.25  | YC | 200   | 100  | 6  | 0
HS-K12-VT  | 老款1.2升外壳 丁香紫 | old housing 1.2 L lilac      | set  | 11.50 | SD | 500   | 50   | 18 | 0
BX-K12-CN  | 老款1.2升彩盒        | old colour box 1.2 L         | pcs  | 2.40  | YC | 500   | 100  | 10 | 150
MN-K12-CN  | 老款1.2升说明书      | old manual 1.2 L             | pcs  | 0.35  | YC | 1000  | 500  | 7  | 80
HC-OLD     | 老款发热管 1500W     | old heating tube 1500 W      | pcs  | 5.20  | HR | 200   | 20   | 21 | 50
PC-US      | 电源线 美规          | power cord US plug           | pcs  | 4.60  | XL | 300   | 50   | 12 | 0
"""

# The same part from somebody who takes small lots: code | supplier | unit price | MOQ | multiple | lead days | fee
SMALL_LOTS = """
HS-K17-BL  | XF | 14.50 | 50  | 10 | 12 | 300
HS-K15-BL  | XF | 14.50 | 50  | 10 | 12 | 300
HS-K17-PK  | XF | 14.50 | 50  | 10 | 12 | 300
GR-DC-{E}  | XF | 96.00 | 10  | 5  | 15 | 400
FB-{F}     | LB | 13.50 | 50  | 10 | 8  | 60
BX-{M}-{P} | BZ | 3.60  | 50  | 10 | 5  | 60
MN-{M}-{P} | BZ | 0.80  | 50  | 10 | 4  | 30
HP-PCB-{P} | KB | 19.90 | 20  | 5  | 20 | 0
GS-HP      | XB | 17.00 | 24  | 12 | 14 | 0
SC-M3X8    | HC | 0.02  | 1000 | 1000 | 3 | 0
"""

# A better price from a larger quantity on: code | supplier | from | price
PRICE_BREAKS = """
HS-{M}-{C} | SD | 1000 | 11.20
HS-{M}-{C} | SD | 3000 | 10.40
HC-{P}     | HR | 1000 | 6.30
TH-01      | WK | 2000 | 1.85
PC-{P}     | XL | 1000 | 3.80
BX-{M}-{P} | YC | 2000 | 2.10
SC-M3X8    | GT | 100000 | 0.009
FB-{F}     | FZ | 2000 | 10.20
"""

OBSOLETE = {"HS-K12-VT", "BX-K12-CN", "MN-K12-CN", "HC-OLD", "PC-US"}
"""Parts of products that left the catalogue; some of them still lie there."""
