"""Words that several verbs use: what an argument is, what is being done."""

from huoku.language import Sentence

FACTORY = Sentence(
    zh="工厂：数据表文件夹（CSV 或 Parquet），或一个工作簿（.xlsx）",
    en="a factory: a folder of tables (CSV or Parquet), or one workbook (.xlsx)",
)
PLAN = Sentence(zh="计划文件夹，由 huoku plan -o 写出", en="a plan folder, as written by huoku plan -o")

LOADING = Sentence(zh="启动", en="load")
READING = Sentence(zh="读取并检查", en="read")
QUOTING = Sentence(zh="询价", en="quote")
PLANNING = Sentence(zh="做计划", en="plan")
WRITING = Sentence(zh="写出", en="write")
REPLAYING = Sentence(zh="回放", en="replay")
REPORTING = Sentence(zh="写报告", en="report")
WEIGHING = Sentence(zh="比较方案", en="weigh")
JUDGING = Sentence(zh="核对", en="judge")

SAVED = Sentence(zh="计划已保存到 {path}", en="The plan is saved in {path}")
REPORT_SAVED = Sentence(zh="报告已写到 {path}", en="The report is written to {path}")
