-- The benchmark's table for SQLite and DuckDB; SOURCE stands for the rows, their blanks NULL.
WITH project AS (
  SELECT bureau,
         avg(CASE WHEN target = 0 THEN NULL
                  WHEN direction = 'down' THEN (2 - actual / target) * 100
                  ELSE actual / target * 100 END) AS rate
  FROM SOURCE GROUP BY bureau, department, project
), counted AS (
  SELECT bureau, count(*) AS projects, count(CASE WHEN rate > 80 THEN 1 END) AS normal,
         count(CASE WHEN rate <= 80 THEN 1 END) AS sluggish
  FROM project GROUP BY bureau
), divided AS (
  SELECT *, 20000 * normal + projects AS part, 2 * projects AS whole FROM counted
), rounded AS ( -- half up; a difference that divides, so that / is exact whether it is of whole numbers or of doubles
  SELECT *, CAST((part - part % whole) / whole AS INTEGER) AS hundredths FROM divided
)
SELECT bureau, projects, normal, sluggish,
       printf('%d.%02d', CAST((hundredths - hundredths % 100) / 100 AS INTEGER), hundredths % 100) AS percent_normal
FROM rounded ORDER BY bureau
