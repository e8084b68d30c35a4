local report = { purpose = "문서의 잘못을 보이는 보고서" }

function report.build(results)
  return {
    title = results.title,
    blocks = {
      { paragaph = "오타" },
      { heading = 3 },
      { table = { columns = { { title = "가" }, { title = "나" } }, rows = { { "한 칸" }, { "가", 1.5 } } } },
    },
  }
end

return report
