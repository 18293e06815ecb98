-- Maps, and zeros of both signs, as keys and values.
SELECT m, count(*) FROM zeros GROUP BY m ORDER BY 2, min(i)
SELECT am, count(*) FROM zeros GROUP BY am ORDER BY 2, min(i)
SELECT sm, count(*) FROM zeros GROUP BY sm ORDER BY 2, min(i)
SELECT z, count(*) FROM zeros GROUP BY z ORDER BY 2, min(i)
SELECT s, count(*) FROM zeros GROUP BY s ORDER BY 2, min(i)
SELECT DISTINCT m FROM zeros
SELECT DISTINCT am FROM zeros
SELECT DISTINCT sm FROM zeros
SELECT DISTINCT z FROM zeros ORDER BY z
SELECT DISTINCT s FROM zeros ORDER BY s
SELECT z FROM zeros UNION SELECT z FROM zeros ORDER BY z
SELECT m FROM zeros UNION SELECT m FROM zeros
SELECT m FROM zeros INTERSECT SELECT m FROM zeros
SELECT m FROM zeros EXCEPT SELECT m FROM zeros
SELECT m FROM zeros INTERSECT ALL SELECT m FROM zeros
SELECT m FROM zeros EXCEPT ALL SELECT m FROM zeros
SELECT z FROM zeros INTERSECT SELECT z FROM zeros ORDER BY z
SELECT z FROM zeros EXCEPT SELECT z FROM zeros WHERE i=2 ORDER BY z
SELECT z FROM zeros INTERSECT ALL SELECT z FROM zeros ORDER BY z
SELECT z FROM zeros EXCEPT ALL SELECT z FROM zeros WHERE i=2 ORDER BY z
SELECT count(DISTINCT m) FROM zeros
SELECT count(DISTINCT am), count(DISTINCT sm) FROM zeros
SELECT count(DISTINCT z), count(DISTINCT s) FROM zeros
SELECT collect_list(z) FROM zeros
SELECT collect_list(DISTINCT z) FROM zeros
SELECT collect_set(m) FROM zeros
SELECT collect_set(am) FROM zeros
SELECT collect_list(m) FROM zeros
SELECT xxhash64(m) FROM zeros
SELECT hash(am) FROM zeros
SELECT hash(sm) FROM zeros
SELECT i FROM zeros ORDER BY m
SELECT i FROM zeros ORDER BY am
SELECT max(m) FROM zeros
SELECT max(sm) FROM zeros
SELECT i FROM zeros WHERE m = m
SELECT i FROM zeros WHERE m <=> m
SELECT i FROM zeros WHERE m IN (m)
SELECT i FROM zeros WHERE m < m
SELECT a.i FROM zeros a JOIN zeros b ON a.m = b.m
SELECT a.i FROM zeros a JOIN zeros b USING (m)
SELECT a.i, b.i, a.z, b.z FROM zeros a JOIN zeros b ON a.z = b.z ORDER BY 1, 2
SELECT a.i, b.i, a.z, b.z FROM zeros a JOIN zeros b ON a.z <=> b.z ORDER BY 1, 2
SELECT a.i, b.i, a.s, b.s FROM zeros a LEFT JOIN zeros b ON a.s = b.s ORDER BY 1, 2
SELECT z, a.i, b.i FROM zeros a FULL JOIN zeros b USING (z) ORDER BY 2, 3
SELECT a.i FROM zeros a LEFT SEMI JOIN zeros b ON a.s = b.s ORDER BY 1
SELECT a.i FROM zeros a LEFT ANTI JOIN zeros b ON a.s = b.s ORDER BY 1
SELECT approx_count_distinct(m) FROM zeros
SELECT approx_count_distinct(z), approx_count_distinct(s) FROM zeros
SELECT approx_count_distinct(am) FROM zeros
SELECT max_by(i, z), min_by(i, z), max_by(i, s), min_by(i,s) FROM zeros
SELECT max_by(i, m) FROM zeros
SELECT max_by(m, i), min_by(am, i), max_by(sm, i) FROM zeros
SELECT first(m), last(m), first(m, true), any_value(m) FROM zeros
SELECT min(z), max(z), min(s), max(s) FROM zeros
SELECT i, z, CAST(z AS STRING), CAST(s AS STRING), CAST(sm AS STRING) FROM zeros ORDER BY i
SELECT i, greatest(z, z), least(s, s) FROM zeros ORDER BY i
SELECT a.i, b.i, greatest(a.z, b.z), least(a.z, b.z), a.z < b.z, a.z = b.z, a.z <=> b.z, a.z IN (b.z), a.z BETWEEN b.z AND b.z, nullif(a.z, b.z), coalesce(a.z,b.z) FROM zeros a, zeros b ORDER BY 1, 2
SELECT count(DISTINCT m, z) FROM zeros
SELECT max(DISTINCT z), sum(DISTINCT i) FROM zeros
SELECT i FROM zeros ORDER BY z DESC, i
SELECT i FROM zeros ORDER BY s DESC NULLS FIRST, i DESC LIMIT 3
SELECT DISTINCT i, m FROM zeros ORDER BY i
SELECT i, count(*) FROM zeros GROUP BY i, m ORDER BY i
SELECT m AS k, count(*) FROM zeros GROUP BY k HAVING m IS NOT NULL ORDER BY 2
SELECT count_if(m IS NULL), count(m), count(DISTINCT i) FROM zeros
SELECT typeof(m), count(*) FROM zeros GROUP BY m
