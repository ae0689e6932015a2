"""The demo factory's own products: what it makes, from what, and how long that takes.

Codes stand for variants as in ``demo_parts``. A phantom (虚拟件) is a packing list that nobody ever stocks.
"""

# code | 中文 | English | kind | lead days | set-up cost | least lot | multiple | sales price
MADE = """
KT-{M}-{C}-{P} | 电热水壶 {M} {C} {P}  | electric kettle {M} {C} {P}  | make | 2 | 30 |    |    | 89
HP-{D}-{P}     | 养生壶 1.8升 {D} {P}  | health pot 1.8 L {D} {P}     | make | 2 | 40 |    |    | 179
MW-{D}-{P}     | 暖奶器 {D} {P}        | milk warmer {D} {P}          | make | 1 | 25 |    |    | 75
GR-{E}-{P}     | 商用磨豆机 {E} {P}    | coffee grinder {E} {P}       | make | 4 | 80 |    |    | 680
AP-{F}         | 门店围裙 {F}          | shop apron {F}               | make | 5 | 60 |    |    | 46
SA-BODY-{M}-{C} | {M}壶身组件 {C}      | kettle body {M} {C}          | make | 2 | 20 |    |    |
SA-LID-{M}-{C} | {M}壶盖组件 {C}       | kettle lid {M} {C}           | make | 1 | 15 |    |    |
SA-BASE-{P}    | 电源底座组件 {P}      | power base {P}               | make | 1 | 20 | 50 | 10 |
SA-LINER-{M}   | {M}不锈钢内胆         | steel liner {M}              | make | 2 | 60 | 50 | 10 |
SA-HEAT-{P}    | 发热组件 {P}          | heating unit {P}             | make | 1 | 20 | 50 | 10 |
SA-HPB-{P}     | 养生壶电控组件 {P}    | health pot control unit {P}  | make | 2 | 30 |    |    |
SA-HPS-{D}     | 养生壶壶体组件 {D}    | health pot body {D}          | make | 1 | 20 |    |    |
SA-MW-{P}      | 暖奶器发热组件 {P}    | milk warmer heating unit {P} | make | 1 | 20 |    |    |
SA-GR-{P}      | 磨豆机动力组件 {P}    | grinder drive {P}            | make | 2 | 40 |    |    |
SA-APC-{F}     | 围裙裁片 {F}          | cut apron {F}                | make | 2 | 50 |    |    |
PH-KT-{M}-{P}  | {M}包装套件 {P}       | packing set {M} {P}          | phantom | | |    |    |
PH-HP-{P}      | 养生壶包装套件 {P}    | packing set health pot {P}   | phantom | | |    |    |
PH-MW-{P}      | 暖奶器包装套件 {P}    | packing set milk warmer {P}  | phantom | | |    |    |
PH-GR-{P}      | 磨豆机包装套件 {P}    | packing set grinder {P}      | phantom | | |    |    |
"""

# parent | component x quantity (+scrap %) (+fixed pieces per order), ...
BOM = """
KT-{M}-{C}-{P}  | SA-BODY-{M}-{C} x 1, SA-LID-{M}-{C} x 1, SA-BASE-{P} x 1, SA-HEAT-{P} x 1
KT-{M}-{C}-{P}  | PH-KT-{M}-{P} x 1, LB-{M}-{P} x 1 + 2%, SC-M3X8 x 4 + 2%
SA-BODY-{M}-{C} | HS-{M}-{C} x 1, HD-{C} x 1, SA-LINER-{M} x 1, SR-{M} x 1 + 1%, WL-{M} x 1, SC-M3X8 x 6 + 2%
SA-LID-{M}-{C}  | LS-{M}-{C} x 1, BT-{C} x 1, SR-LID x 1 + 1%, SP-01 x 1, FL-01 x 1, SC-M3X8 x 2 + 2%
SA-BASE-{P}     | BC-{P} x 1, PC-{P} x 1, TH-02 x 1, FT-01 x 4, SC-M3X12 x 3 + 2%
SA-LINER-{M}    | SH-304 x 0.32 + 5%, GL-01 x 0.004
SA-HEAT-{P}     | HC-{P} x 1 + 0.5%, TH-01 x 1 + 1%, FU-01 x 2, TW-01 x 1, TW-02 x 1, TW-03 x 1, LED-01 x 1
SA-HEAT-{P}     | SW-01 x 1, GR-01 x 0.002, TP-01 x 0.15, TB-01 x 2
PH-KT-{M}-{P}   | BX-{M}-{P} x 1 + 1%, MN-{M}-{P} x 1 ! 2, WC-{P} x 1, PB-01 x 1, DS-01 x 1, FM-{M} x 1
PH-KT-{M}-{P}   | CT-{M} x 0.166666
HP-{D}-{P}      | SA-HPS-{D} x 1, SA-HPB-{P} x 1, GS-HP x 1 + 1%, GC-HP x 1 + 1%, TS-HP x 1
HP-{D}-{P}      | PH-HP-{P} x 1, SC-M3X8 x 4 + 2%
SA-HPS-{D}      | HP-HD-{D} x 1, HP-BS-{D} x 1, FT-01 x 4, SC-M3X8 x 6 + 2%
SA-HPB-{P}      | HP-PCB-{P} x 1, HP-KP x 1, HP-HC-{P} x 1, HP-NTC x 1, PC-{P} x 1, FU-01 x 1, TW-01 x 2, TW-04 x 2
PH-HP-{P}       | HP-BX-{P} x 1 + 1%, HP-MN-{P} x 1, HP-LB-{P} x 1, WC-{P} x 1, PB-01 x 2, HP-CT x 0.25
MW-{D}-{P}      | MW-SH-{D} x 1, MW-CP x 1, SA-MW-{P} x 1, PH-MW-{P} x 1, SC-M4X12 x 8
SA-MW-{P}       | MW-HR-{P} x 1, MW-PCB x 1, HP-NTC x 1, PC-{P} x 1, TW-01 x 1, TW-04 x 1, SH-430 x 0.05 + 5%
PH-MW-{P}       | MW-BX-{P} x 1, MW-MN-{P} x 1, MW-LB-{P} x 1, WC-{P} x 1, PB-01 x 1
GR-{E}-{P}      | GR-DC-{E} x 1, GR-HP x 1, GR-BR x 1, SA-GR-{P} x 1, PH-GR-{P} x 1, SC-M4X16 x 8, WS-M4 x 8, FT-01 x 4
SA-GR-{P}       | GR-MT-{P} x 1, GR-PCB x 1, SW-01 x 1, PC-{P} x 1, NT-M4 x 4, TB-01 x 4
PH-GR-{P}       | GR-BX-{P} x 1, GR-MN-{P} x 1, GR-LB-{P} x 1, WC-{P} x 1
AP-{F}          | SA-APC-{F} x 1, TR-{F} x 0.02, WB-{F} x 1.2, BK-01 x 1, LT-01 x 1 + 2%, AB-01 x 1
SA-APC-{F}      | FB-{F} x 1.25 ! 25
"""
