SELECT count(*), sum(n), max(n) FROM (SELECT count(*) AS n FROM orders GROUP BY ints)
SELECT count(*), sum(a.id), sum(b.id) FROM orders a FULL JOIN (SELECT * FROM orders WHERE id < 50) b ON a.ints = b.ints AND a.id % 2 = 0
SELECT count(*), sum(n), max(n) FROM (SELECT count(*) AS n FROM orders GROUP BY longs)
SELECT count(*), sum(a.id), sum(b.id) FROM orders a FULL JOIN (SELECT * FROM orders WHERE id < 50) b ON a.longs = b.longs AND a.id % 2 = 0
SELECT count(*), sum(n), max(n) FROM (SELECT count(*) AS n FROM orders GROUP BY doubles)
SELECT count(*), sum(a.id), sum(b.id) FROM orders a FULL JOIN (SELECT * FROM orders WHERE id < 50) b ON a.doubles = b.doubles AND a.id % 2 = 0
SELECT count(*), sum(n), max(n) FROM (SELECT count(*) AS n FROM orders GROUP BY texts)
SELECT count(*), sum(a.id), sum(b.id) FROM orders a FULL JOIN (SELECT * FROM orders WHERE id < 50) b ON a.texts = b.texts AND a.id % 2 = 0
SELECT count(*), sum(n), max(n) FROM (SELECT count(*) AS n FROM orders GROUP BY pair)
SELECT count(*), sum(a.id), sum(b.id) FROM orders a FULL JOIN (SELECT * FROM orders WHERE id < 50) b ON a.pair = b.pair AND a.id % 2 = 0
SELECT count(*), sum(n), max(n) FROM (SELECT count(*) AS n FROM orders GROUP BY deep)
SELECT count(*), sum(a.id), sum(b.id) FROM orders a FULL JOIN (SELECT * FROM orders WHERE id < 50) b ON a.deep = b.deep AND a.id % 2 = 0
SELECT count(*), sum(n), max(n) FROM (SELECT count(*) AS n FROM orders GROUP BY matrix)
SELECT count(*), sum(a.id), sum(b.id) FROM orders a FULL JOIN (SELECT * FROM orders WHERE id < 50) b ON a.matrix = b.matrix AND a.id % 2 = 0
SELECT count(*), sum(n), max(n) FROM (SELECT count(*) AS n FROM orders GROUP BY of_tinyint)
SELECT count(*), sum(a.id), sum(b.id) FROM orders a FULL JOIN (SELECT * FROM orders WHERE id < 50) b ON a.of_tinyint = b.of_tinyint AND a.id % 2 = 0
SELECT count(*), sum(n), max(n) FROM (SELECT count(*) AS n FROM orders GROUP BY of_smallint)
SELECT count(*), sum(a.id), sum(b.id) FROM orders a FULL JOIN (SELECT * FROM orders WHERE id < 50) b ON a.of_smallint = b.of_smallint AND a.id % 2 = 0
SELECT count(*), sum(n), max(n) FROM (SELECT count(*) AS n FROM orders GROUP BY of_boolean)
SELECT count(*), sum(a.id), sum(b.id) FROM orders a FULL JOIN (SELECT * FROM orders WHERE id < 50) b ON a.of_boolean = b.of_boolean AND a.id % 2 = 0
SELECT count(*), sum(n), max(n) FROM (SELECT count(*) AS n FROM orders GROUP BY of_date)
SELECT count(*), sum(a.id), sum(b.id) FROM orders a FULL JOIN (SELECT * FROM orders WHERE id < 50) b ON a.of_date = b.of_date AND a.id % 2 = 0
SELECT count(*), sum(n), max(n) FROM (SELECT count(*) AS n FROM orders GROUP BY of_timestamp)
SELECT count(*), sum(a.id), sum(b.id) FROM orders a FULL JOIN (SELECT * FROM orders WHERE id < 50) b ON a.of_timestamp = b.of_timestamp AND a.id % 2 = 0
SELECT count(*), sum(n), max(n) FROM (SELECT count(*) AS n FROM orders GROUP BY of_timestamp_ntz)
SELECT count(*), sum(a.id), sum(b.id) FROM orders a FULL JOIN (SELECT * FROM orders WHERE id < 50) b ON a.of_timestamp_ntz = b.of_timestamp_ntz AND a.id % 2 = 0
SELECT count(*), sum(n), max(n) FROM (SELECT count(*) AS n FROM orders GROUP BY of_decimal9_2)
SELECT count(*), sum(a.id), sum(b.id) FROM orders a FULL JOIN (SELECT * FROM orders WHERE id < 50) b ON a.of_decimal9_2 = b.of_decimal9_2 AND a.id % 2 = 0
SELECT count(*), sum(n), max(n) FROM (SELECT count(*) AS n FROM orders GROUP BY of_decimal38_3)
SELECT count(*), sum(a.id), sum(b.id) FROM orders a FULL JOIN (SELECT * FROM orders WHERE id < 50) b ON a.of_decimal38_3 = b.of_decimal38_3 AND a.id % 2 = 0
SELECT count(*), sum(n), max(n) FROM (SELECT count(*) AS n FROM orders GROUP BY of_float)
SELECT count(*), sum(a.id), sum(b.id) FROM orders a FULL JOIN (SELECT * FROM orders WHERE id < 50) b ON a.of_float = b.of_float AND a.id % 2 = 0
SELECT count(*), sum(n), max(n) FROM (SELECT count(*) AS n FROM orders GROUP BY of_binary)
SELECT count(*), sum(a.id), sum(b.id) FROM orders a FULL JOIN (SELECT * FROM orders WHERE id < 50) b ON a.of_binary = b.of_binary AND a.id % 2 = 0
SELECT count(*), sum(n), max(n) FROM (SELECT count(*) AS n FROM orders GROUP BY everything)
SELECT count(*), sum(a.id), sum(b.id) FROM orders a FULL JOIN (SELECT * FROM orders WHERE id < 50) b ON a.everything = b.everything AND a.id % 2 = 0
SELECT count(DISTINCT ints), count(DISTINCT longs), count(DISTINCT doubles), count(DISTINCT texts), count(DISTINCT pair), count(DISTINCT deep), count(DISTINCT matrix), count(DISTINCT of_tinyint), count(DISTINCT of_smallint), count(DISTINCT of_boolean), count(DISTINCT of_date), count(DISTINCT of_timestamp), count(DISTINCT of_timestamp_ntz), count(DISTINCT of_decimal9_2), count(DISTINCT of_decimal38_3), count(DISTINCT of_float), count(DISTINCT of_binary), count(DISTINCT everything) FROM orders
SELECT approx_count_distinct(ints), approx_count_distinct(longs), approx_count_distinct(doubles), approx_count_distinct(texts), approx_count_distinct(pair), approx_count_distinct(deep), approx_count_distinct(matrix), approx_count_distinct(of_tinyint), approx_count_distinct(of_smallint), approx_count_distinct(of_boolean), approx_count_distinct(of_date), approx_count_distinct(of_timestamp), approx_count_distinct(of_timestamp_ntz), approx_count_distinct(of_decimal9_2), approx_count_distinct(of_decimal38_3), approx_count_distinct(of_float), approx_count_distinct(of_binary), approx_count_distinct(everything) FROM orders
SELECT count(*), sum(a.id) FROM orders a LEFT ANTI JOIN (SELECT * FROM orders WHERE id < 50) b ON a.doubles = b.doubles
SELECT count(*), sum(a.id) FROM orders a LEFT SEMI JOIN (SELECT * FROM orders WHERE id < 50) b ON a.doubles <=> b.doubles
SELECT count(*) FROM (SELECT doubles FROM orders WHERE id < 90 UNION SELECT doubles FROM orders WHERE id > 60)
SELECT count(*) FROM (SELECT doubles FROM orders WHERE id < 90 INTERSECT SELECT doubles FROM orders WHERE id > 60)
SELECT count(*) FROM (SELECT doubles FROM orders WHERE id < 90 INTERSECT ALL SELECT doubles FROM orders WHERE id > 60)
SELECT count(*) FROM (SELECT doubles FROM orders WHERE id < 90 EXCEPT SELECT doubles FROM orders WHERE id > 60)
SELECT count(*) FROM (SELECT doubles FROM orders WHERE id < 90 EXCEPT ALL SELECT doubles FROM orders WHERE id > 60)
SELECT count(*), sum(a.id) FROM orders a LEFT ANTI JOIN (SELECT * FROM orders WHERE id < 50) b ON a.deep = b.deep
SELECT count(*), sum(a.id) FROM orders a LEFT SEMI JOIN (SELECT * FROM orders WHERE id < 50) b ON a.deep <=> b.deep
SELECT count(*) FROM (SELECT deep FROM orders WHERE id < 90 UNION SELECT deep FROM orders WHERE id > 60)
SELECT count(*) FROM (SELECT deep FROM orders WHERE id < 90 INTERSECT SELECT deep FROM orders WHERE id > 60)
SELECT count(*) FROM (SELECT deep FROM orders WHERE id < 90 INTERSECT ALL SELECT deep FROM orders WHERE id > 60)
SELECT count(*) FROM (SELECT deep FROM orders WHERE id < 90 EXCEPT SELECT deep FROM orders WHERE id > 60)
SELECT count(*) FROM (SELECT deep FROM orders WHERE id < 90 EXCEPT ALL SELECT deep FROM orders WHERE id > 60)
SELECT count(*), sum(a.id) FROM orders a LEFT ANTI JOIN (SELECT * FROM orders WHERE id < 50) b ON a.texts = b.texts
SELECT count(*), sum(a.id) FROM orders a LEFT SEMI JOIN (SELECT * FROM orders WHERE id < 50) b ON a.texts <=> b.texts
SELECT count(*) FROM (SELECT texts FROM orders WHERE id < 90 UNION SELECT texts FROM orders WHERE id > 60)
SELECT count(*) FROM (SELECT texts FROM orders WHERE id < 90 INTERSECT SELECT texts FROM orders WHERE id > 60)
SELECT count(*) FROM (SELECT texts FROM orders WHERE id < 90 INTERSECT ALL SELECT texts FROM orders WHERE id > 60)
SELECT count(*) FROM (SELECT texts FROM orders WHERE id < 90 EXCEPT SELECT texts FROM orders WHERE id > 60)
SELECT count(*) FROM (SELECT texts FROM orders WHERE id < 90 EXCEPT ALL SELECT texts FROM orders WHERE id > 60)
SELECT count(*), sum(a.id) FROM orders a LEFT ANTI JOIN (SELECT * FROM orders WHERE id < 50) b ON a.everything = b.everything
SELECT count(*), sum(a.id) FROM orders a LEFT SEMI JOIN (SELECT * FROM orders WHERE id < 50) b ON a.everything <=> b.everything
SELECT count(*) FROM (SELECT everything FROM orders WHERE id < 90 UNION SELECT everything FROM orders WHERE id > 60)
SELECT count(*) FROM (SELECT everything FROM orders WHERE id < 90 INTERSECT SELECT everything FROM orders WHERE id > 60)
SELECT count(*) FROM (SELECT everything FROM orders WHERE id < 90 INTERSECT ALL SELECT everything FROM orders WHERE id > 60)
SELECT count(*) FROM (SELECT everything FROM orders WHERE id < 90 EXCEPT SELECT everything FROM orders WHERE id > 60)
SELECT count(*) FROM (SELECT everything FROM orders WHERE id < 90 EXCEPT ALL SELECT everything FROM orders WHERE id > 60)
