"""The demo factory's floor: its lines and benches, what is done on them in how many minutes, and when nobody works.

Codes of items stand for variants as in ``demo_parts``.
"""

from datetime import date

# code | 中文 | English | minutes a day (people x 480) | cost an hour
RESOURCES = """
PRESS  | 冲压机       | press                | 960  | 95
BODY   | 壶身组装台   | body bench           | 1440 | 42
BENCH  | 电控组装台   | electronics bench    | 1440 | 48
KETTLE | 水壶总装线   | kettle line          | 1920 | 42
SMALL  | 小家电总装线 | small appliance line | 1440 | 42
TEST   | 测试包装线   | test and packing     | 1440 | 40
CUT    | 裁床         | cutting table        | 480  | 45
SEW    | 缝纫组       | sewing group         | 1440 | 38
"""

# item made | step | resource | name | minutes to set up | minutes a piece
OPERATIONS = """
SA-LINER-{M}    | 10 | PRESS  | 拉伸成形 draw and trim    | 60 | 1.2
SA-BODY-{M}-{C} | 10 | BODY   | 壶身组装 assemble body    | 15 | 3
SA-LID-{M}-{C}  | 10 | BODY   | 壶盖组装 assemble lid     | 10 | 1.5
SA-BASE-{P}     | 10 | BENCH  | 底座接线 wire the base    | 15 | 2
SA-HEAT-{P}     | 10 | BENCH  | 发热盘装配 fit the heater | 20 | 2.5
SA-HPB-{P}      | 10 | BENCH  | 电控焊接 solder controls  | 30 | 4
SA-MW-{P}       | 10 | BENCH  | 电控焊接 solder controls  | 20 | 3
SA-GR-{P}       | 10 | BENCH  | 装电机 mount the motor    | 30 | 9
SA-HPS-{D}      | 10 | SMALL  | 壶体组装 assemble body    | 15 | 3
SA-APC-{F}      | 10 | CUT    | 铺布裁剪 spread and cut   | 40 | 1
KT-{M}-{C}-{P}  | 10 | KETTLE | 总装 assemble             | 20 | 6
KT-{M}-{C}-{P}  | 20 | TEST   | 测试包装 test and pack    | 10 | 2.5
HP-{D}-{P}      | 10 | SMALL  | 总装 assemble             | 20 | 7
HP-{D}-{P}      | 20 | TEST   | 测试包装 test and pack    | 10 | 3
MW-{D}-{P}      | 10 | SMALL  | 总装 assemble             | 15 | 5
MW-{D}-{P}      | 20 | TEST   | 测试包装 test and pack    | 10 | 2
GR-{E}-{P}      | 10 | SMALL  | 总装调磨 assemble and set | 30 | 18
GR-{E}-{P}      | 20 | TEST   | 测试包装 test and pack    | 15 | 6
AP-{F}          | 10 | SEW    | 缝制 sew                  | 30 | 9
"""

FIRST_SUNDAY = date(2026, 11, 29)
SUNDAYS = 104
"""On these nobody works."""
SPRING_FESTIVAL = (date(2027, 2, 5), date(2027, 2, 12))
"""First and last day of the holidays."""
