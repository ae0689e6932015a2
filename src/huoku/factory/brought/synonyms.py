"""What other systems and other people call our columns: Kingdee, Yonyou U8, Digiwin, SAP, and sheets kept by hand.

By table and column, the first name that a sheet has is taken. ``=`` stands for our own names: what stands before it is
taken first, for a list of open orders has both what was ordered and what is still to come.
"""

OWN = "="
MINE = {
    "items": ("spec", "buy_moq", "buy_multiple", "buy_days", "buy_from", "buy_price"),
    "bom": ("numerator", "denominator"),
    "sources": ("supplier_name",),
    "stock": ("place",),
    "supplies": ("line", "supplier_name", "price"),
    "demands": ("line", "customer_name"),
}
"""By table, what we read beside the contract's columns, to make these of it (``shaping.py``)."""

ITEM = (
    *("物料代码", "物料编号", "物料号", "物料长代码", "料号", "料品编码", "品号", "品项编码", "存货编码", "存货代码"),
    *("存货编号", "商品编码", "商品编号", "产品编码", "产品编号", "产品代码", "货号", "件号", "编码", "代码", "编号"),
    *("item_code", "item_no", "item_number", "part", "part_no", "part_number", "part_code", "sku", "material"),
    *("material_number", "product_code", "matnr", "fnumber", "fmaterialid", "cinvcode", "物料", "存货", "料品"),
)
ITEM_NAME = (
    *("名称", "品名", "存货名称", "商品名称", "产品名称", "料品名称", "物料描述", "描述", "item_name", "part_name"),
    *("description", "product_name", "maktx", "fname", "cinvname"),
)
SUPPLIER = (
    *("供应商编码", "供应商代码", "供应商编号", "供应商名称", "供应商简称", "供货单位", "供货商", "厂商", "厂商编号"),
    *(
        "厂商代号",
        "供应商.编码",
        "cvencode",
        "vendor",
        "vendor_code",
        "supplier_code",
        "supplier_name",
        "fsupplierid",
        "供应商",
        "supplier",
    ),
)
SUPPLIER_NAME = ("供应商名称", "供应商简称", "供货单位名称", "厂商简称", "厂商名称", "cvenname", "vendor_name")
CUSTOMER = (
    *("客户编码", "客户代码", "客户编号", "客户名称", "客户简称", "购货单位", "客户代号", "ccuscode", "fcustid"),
    *("customer_code", "customer_no", "customer_name", "client"),
)
CUSTOMER_NAME = ("客户名称", "客户简称", "购货单位名称", "ccusname")
LINE = ("行号", "订单行号", "序号", "分录号", "行次", "项次", "分录行号", "fseq", "irowno", "line", "line_no", "pos")
PAPER = (
    "单据编号",
    "单据号",
    "单号",
    "单据号码",
    "订单编号",
    "订单号",
    "订单号码",
    "fbillno",
    "order_no",
    "order_number",
)
MOQ = (
    *(
        "最小订货量",
        "最小订购量",
        "最小采购量",
        "最小起订量",
        "最小采购批量",
        "采购最小批量",
        "最低供应量",
        "最小交货量",
    ),
    *("最低订购量", "起订数量", "最低起订量", "起订量", "moq", "bstmi", "fminsupply", "fminsuppnum", "min_order_qty"),
    *("minimum_order_quantity", "最小批量大小", "最低补量"),
)
MULTIPLE = (
    *(
        "最小包装量",
        "最小包装",
        "最小包装数",
        "包装量",
        "包装数",
        "整包数",
        "供应倍数",
        "供应批量",
        "订货倍数",
        "采购倍量",
    ),
    *("采购批量增量", "订购倍数", "整包量", "mpq", "spq", "bstrf", "fsupplymulti", "fsupplybatch", "pack_size"),
    *("order_multiple", "舍入值", "补货倍量"),
)
BUYING_DAYS = (
    *(
        "采购提前期",
        "采购周期",
        "采购前置期",
        "采购前置时间",
        "供货周期",
        "交货周期",
        "交货天数",
        "供货提前期",
        "交期天数",
    ),
    *("计划交货时间", "plifz", "fadvdate", "lead_time", "delivery_days", "购备时间"),
)
BUYING_PRICE = ("采购单价", "采购价", "采购价格", "最新采购价", "进价", "最高进价", "协议价", "含税单价", "ftopcost")
BEGINS, ENDS = ("生效日", "生效日期", "开始日期", "feffectdate"), ("失效日", "失效日期", "截止日期", "fexpiredate")

SYNONYMS: dict[str, dict[str, tuple[str, ...]]] = {
    "items": {
        "item": ITEM,
        "name": ITEM_NAME,
        "name_en": ("英文名称", "物料英文名称", "英文品名", "english_name", "name_en"),
        "spec": ("规格型号", "规格", "型号", "存货规格", "cinvstd", "fspecification", "spec", "specification"),
        "unit": (
            *("基本单位", "基本计量单位", "计量单位", "主计量单位", "主计量", "主计量单位名称", "库存单位", "单位名称"),
            *("fbaseunitid", "meins", "uom"),
        ),
        "kind": ("物料属性", "属性", "存货属性", "补货属性", "品号属性", "ferpclsid", "make_buy", "type"),
        "lead_time_days": (
            *(
                "固定提前期",
                "生产周期",
                "制造提前期",
                "生产提前期",
                "加工周期",
                "生产前置期",
                "自制周期",
                "固定前置天数",
            ),
        ),
        "unit_cost": (
            *(
                "标准成本",
                "单位成本",
                "成本单价",
                "参考成本",
                "计划价",
                "计划单价",
                "最新成本",
                "移动平均价",
                "平均成本",
            ),
            *("标准单价", "成本", "cost", "standard_cost"),
        ),
        "price": ("销售单价", "销售价", "售价", "参考售价", "标准售价", "零售价", "sales_price"),
        "safety_stock": ("安全库存量", "安全库存", "安全存量", "eisbe", "safestock", "isafenum"),
        "lot_min": ("最小生产批量", "生产最小批量", "最小投产量", "最小批量"),
        "lot_multiple": ("生产倍量", "生产批量增量", "批量增量", "批量倍数"),
        "lot_max": ("最大生产批量", "生产最大批量", "最大批量"),
        "shelf_life_days": ("保质期天数", "保质期", "有效期天数", "有效天数", "shelf_life"),
        "decimals": ("小数位", "数量精度", "数量小数位"),
        "volume": ("体积", "单位体积"),
        "buy_moq": MOQ,
        "buy_multiple": MULTIPLE,
        "buy_days": BUYING_DAYS,
        "buy_from": ("默认供应商", "主供应商", "首选供应商", "主要供应商", "默认供货商", "主供应商编号", *SUPPLIER),
        "buy_price": BUYING_PRICE,
    },
    "bom": {
        "parent": (
            *(
                "父项物料编码",
                "父项物料代码",
                "父项物料编号",
                "父项物料",
                "父项编码",
                "父件编码",
                "父件",
                "父项",
                "母件编码",
            ),
            *("母件", "主件品号", "主件编码", "主件料号", "成品编码", "产品编码", "上级物料", "上阶料号", "新父编码"),
            *("parent_item", "assembly", "fmaterialid", "cpsccode"),
        ),
        "component": (
            *(
                "子项物料编码",
                "子项物料代码",
                "子项物料编号",
                "子项物料",
                "子项编码",
                "子件编码",
                "子件",
                "子项",
                "元件品号",
            ),
            *(
                "元件料号",
                "组件编码",
                "组件料号",
                "下阶料号",
                "材料编码",
                "用料编码",
                "新子编码",
                "child",
                "child_item",
            ),
            *("component_item", "fmaterialidchild", "cpsinvcode"),
        ),
        "qty": (
            *(
                "单位用量",
                "基本用量",
                "组成用量",
                "子项用量",
                "子件用量",
                "标准用量",
                "定额用量",
                "定额",
                "使用量",
                "用量",
            ),
            *("数量", "quantity", "qty_per"),
        ),
        "numerator": ("用量分子", "用量:分子", "分子", "基本用量", "组成用量", "fnumerator", "ipsquantity"),
        "denominator": ("用量分母", "用量:分母", "分母", "基础数量", "基础用量", "底数", "批量", "fdenominator"),
        "scrap_rate": ("变动损耗率", "变动损耗", "损耗率", "子件损耗率", "报废率", "fscraprate", "scrap"),
        "fixed_scrap": ("固定损耗", "固定损耗量", "ffixscrapqtylot"),
        "valid_from": BEGINS,
        "valid_to": ENDS,
        "operation": ("投料工序号", "工序号", "工序", "投料工序", "工序序号"),
    },
    "sources": {
        "item": ITEM,
        "supplier": SUPPLIER,
        "supplier_name": SUPPLIER_NAME,
        "moq": MOQ,
        "multiple": MULTIPLE,
        "lead_time_days": (*BUYING_DAYS, "提前期", "交期", "前置期"),
        "price": (*BUYING_PRICE, "单价", "价格", "未税单价", "price", "unit_price"),
        "order_fee": ("每单费用", "订货费", "运费"),
        "min_order_value": ("最低订单金额", "最小订单金额", "起订金额", "最小订货金额"),
        "valid_from": BEGINS,
        "valid_to": ENDS,
        "priority": ("优先级", "优先顺序", "供货优先级"),
    },
    "price_breaks": {
        "item": ITEM,
        "supplier": SUPPLIER,
        "min_qty": ("数量从", "起始数量", "阶梯数量", "数量下限", "起价数量", "从数量", "break_quantity", "min_qty"),
        "price": (*BUYING_PRICE, "单价", "价格", "price", "unit_price"),
    },
    "substitutes": {
        "item": ("主料编码", "被替代物料编码", "被替代料", "原料编码", "主件料号", "原物料编码", *ITEM),
        "substitute": ("替代物料编码", "替代料号", "替代料", "替代品号", "替换件", "替代存货编码", "creplaceitem"),
        "ratio": ("替代比", "替代比率", "换算比例"),
        "priority": ("替代优先级", "替代顺序", "优先级"),
    },
    "stock": {
        "item": ITEM,
        "qty": (
            *(
                "库存量(基本单位)",
                "库存量",
                "现存量",
                "现存数量",
                "库存数量",
                "结存数量",
                "实存数量",
                "即时库存",
                "在库数量",
            ),
            *(
                "账面数量",
                "期末数量",
                "基本单位数量",
                "fbaseqty",
                "ipresent",
                "iquantity",
                "on_hand",
                "quantity",
                "stock",
            ),
        ),
        "place": (
            *(
                "仓库名称",
                "仓库编码",
                "仓库",
                "仓库代码",
                "库别",
                "库位",
                "仓位",
                "储位",
                "货位",
                "fstockname",
                "cwhname",
            ),
            *("warehouse", "bin"),
        ),
        "lot": ("批号", "批次", "批次号", "批号.主档", "flot", "cbatch", "batch"),
        "received_on": ("入库日期", "收货日期", "最近入库日期", "入库时间"),
        "expires_on": ("有效期至", "失效日期", "过期日期", "有效日期", "fexpirydate"),
        "status": ("库存状态", "质量状态", "品质状态"),
    },
    "supplies": {
        "supply": (
            *PAPER,
            "采购订单号",
            "采购单号",
            "生产订单号",
            "生产订单编号",
            "生产单号",
            "工单号",
            "制令单号",
            "cpoid",
        ),
        "line": LINE,
        "item": ITEM,
        "qty": (
            *("剩余收料数量", "未收料数量", "未到货数量", "未到数量", "未交数量", "未交量", "未入库数量", "欠交数量"),
            *(
                "在途数量",
                "未清数量",
                "未完工数量",
                "未完数量",
                "未产量",
                "订货余量",
                "fremainreceiveqty",
                OWN,
                "采购数量",
            ),
            *("订单数量", "订货数量", "生产数量", "计划产量", "预计产量", "fqty", "quantity"),
        ),
        "due": (
            *("计划到货日期", "预计到货日期", "预计到货日", "要求到货日期", "到货日期", "交货日期", "计划完工日期"),
            *(
                "计划完工时间",
                "计划完成日期",
                "预计完工日",
                "完工日期",
                "交期",
                "预交日",
                "darrivedate",
                "fdeliverydate_plan",
            ),
            *("fplanfinishdate", "due_date"),
        ),
        "supplier": SUPPLIER,
        "supplier_name": SUPPLIER_NAME,
        "price": ("单价", "采购单价", "未税单价", "不含税单价", "fprice", "iunitprice", "unit_price"),
    },
    "demands": {
        "demand": (*PAPER, "销售订单号", "销售订单编号", "销售单号", "合同号", "合同编号", "客户订单号", "csocode"),
        "line": LINE,
        "item": ITEM,
        "qty": (
            *(
                "未交数量",
                "未交量",
                "未发数量",
                "未出库数量",
                "未发货数量",
                "剩余未出数量",
                "欠货数量",
                "欠数",
                "未清数量",
            ),
            *("fremainoutqty", OWN, "订单数量", "销售数量", "订货数量", "需求数量", "fqty", "quantity"),
        ),
        "due": (
            *(
                "要货日期",
                "客户交期",
                "需求日期",
                "期望发货日期",
                "预计发货日期",
                "预发货日期",
                "计划发货日期",
                "交货日期",
            ),
            *("交期", "预交日", "发货日期", "fdeliverydate", "dpredate", "due_date", "delivery_date"),
        ),
        "customer": CUSTOMER,
        "customer_name": CUSTOMER_NAME,
        "priority": ("优先级", "优先顺序", "紧急程度"),
        "price": ("销售单价", "单价", "含税单价", "未税单价", "unit_price"),
    },
    "operations": {
        "parent": ("父项编码", "产品编码", *ITEM),
        "seq": ("工序号", "工序序号", "工序顺序", "加工顺序", "op_seq", "foperationnumber"),
        "name": ("工序名称", "工序说明", "作业名称"),
        "resource": ("工作中心", "工作中心编码", "资源", "设备", "设备编码", "机台", "班组", "work_center"),
        "setup_minutes": ("准备时间", "准备时间(分)", "准备分钟", "换型时间", "调机时间"),
        "run_minutes": ("单件工时", "单件工时(分)", "加工时间", "标准工时", "单件时间", "单件分钟"),
    },
    "resources": {
        "resource": ("工作中心", "工作中心编码", "资源", "设备", "设备编码", "机台", "班组", "work_center"),
        "name": ("工作中心名称", "资源名称", "设备名称", "名称"),
        "minutes_per_day": ("每日分钟", "每日产能(分)", "日产能分钟", "每天分钟"),
    },
    "history": {
        "item": ITEM,
        "date": ("出库日期", "领料日期", "发货日期", "单据日期", "业务日期", "销售日期", "日期", "ddate", "fdate"),
        "qty": ("出库数量", "实发数量", "领用数量", "领料数量", "发货数量", "销售数量", "用量", "数量"),
        "customer": CUSTOMER,
    },
}

TABLES_CALLED: dict[str, tuple[str, ...]] = {
    "items": (
        "物料档案",
        "物料主数据",
        "物料列表",
        "存货档案",
        "商品档案",
        "料品档案",
        "品号资料",
        "bd_material",
        "item",
    ),
    "bom": ("物料清单", "产品结构", "bom清单", "bom", "材料清单", "eng_bom", "配方"),
    "sources": ("供应商存货对照表", "供应商存货价格", "货源清单", "采购价目", "采购价格", "供应商价格", "供货条件"),
    "price_breaks": ("阶梯价", "价格阶梯"),
    "substitutes": ("替代料", "替代物料", "替代关系"),
    "stock": ("即时库存", "现存量", "库存查询", "库存明细", "库存余额", "库存台账", "收发存", "inventory"),
    "supplies": ("采购订单", "在途订单", "未完采购", "采购在途", "生产订单", "生产任务单", "未完工单", "工单", "在制"),
    "demands": ("销售订单", "未交订单", "客户订单", "订单明细", "需求", "sales_order"),
    "operations": ("工艺路线", "工序"),
    "resources": ("工作中心", "资源"),
    "history": ("出库明细", "销售出库", "领料明细", "历史用量", "出库记录"),
}
"""What sheets and files are called, in whole or in part."""

MADE = ("生产订单", "生产任务", "工单", "在制", "制令")
"""A list of open orders with one of these in its name, or in a head, is of work and not of purchases."""
LEFT_OUT = ("readme", "说明", "填写说明", "问题", "faults")
TOTALS = frozenset({"合计", "总计", "小计", "合计:", "total", "grand_total", "sum"})
