/* date - calendar dates as text. */
#ifndef PERFEVAL_BASE_DATE_H
#define PERFEVAL_BASE_DATE_H

#include "base/str.h"

/** True for a date of the (proleptic Gregorian) calendar written YYYY-MM-DD, from 0001-01-01. The order of
 * two such texts by bytes (str_compare) is that of time. */
bool date_is_valid(Str text);

#endif
