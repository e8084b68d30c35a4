/* Writes a CSV file of indicators to standard output, for the benchmark:
 *
 *   generate ROWS [--seed N] [--order grouped|shuffled] [--quoted PERCENT] [--missing PERCENT]
 *            [--cut whole|decimal]
 *
 * Columns: bureau,department,project,indicator,unit,direction,target,actual. 1.75 indicators a project, at
 * most 4; 10 % are 'down', 1 % have a target of zero, 0.5 % are negative. --quoted: the share of projects
 * whose name holds a comma and quotation marks (0); --missing: the share of rows with a blank target or
 * actual (2).
 *
 * Every row is worked out from its number and the seed alone, so any order takes no memory, and the same
 * arguments give the same bytes on every machine.
 *
 * 2 % of the projects lie exactly on the cut of 80 %, in every indicator and by whole numbers: at 80 in
 * doubles too. (7040.64 of 8800.8, which no double holds, comes to 80.00000000000001 in doubles.) Every other
 * project whose mean would come to 80 is moved off it. So peers that calculate in doubles make the same
 * table. --cut decimal is for those that do not: then the 2 % lie on the cut by numbers with up to two
 * places, in all indicators or in their mean alone, and half of them one last place beside it. */
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* Indicators of 20 projects one after the other: 35 rows. The pattern is repeated over the whole file. */
static const int pattern[] = {1, 2, 1, 3, 1, 2, 1, 1, 4, 2, 1, 2, 3, 1, 1, 2, 1, 3, 2, 1};
enum { PATTERN_PROJECTS = COUNT(pattern), PATTERN_ROWS = 35, MOST_INDICATORS = 4 };

static const char *const regions[] = {"동부", "서부", "남부", "북부", "중부",
                                      "해안", "산간", "내륙", "수도", "도서"};
static const char *const offices[] = {"기획예산국", "주민복지국", "생활환경국",   "도시관리국",
                                      "안전건설국", "문화관광국", "경제진흥국",   "농수산국",
                                      "보건소",     "감사담당관", "디지털정책관", "평생교육원"};
static const char *const departments[] = {
    "총무과",     "재무과",     "복지정책과", "어르신복지과", "보육지원과", "청소행정과", "공원녹지과",
    "도시재생과", "건축과",     "도로과",     "치수과",       "교통행정과", "문화체육과", "일자리경제과",
    "위생과",     "건강증진과", "주차관리과", "부동산정보과", "정보통신과"};
static const char *const subjects[] = {"주민참여예산", "찾아가는 복지",  "경로당",      "국공립 어린이집",
                                       "가로수",       "하수관로",       "골목상권",    "마을버스",
                                       "공공도서관",   "학교 앞 보행로", "에너지 절약", "청소년 상담",
                                       "재활용품",     "구민체육센터",   "방범 카메라", "빈집",
                                       "예방접종",     "거주자 주차",    "전자민원"};
static const char *const works[] = {"확대 운영", "정비 사업", "이용 활성화", "품질 향상", "신규 조성",
                                    "안전 점검", "맞춤 지원", "통합 관리",   "기능 보강"};
static const char *const measures[] = {"추진율",    "참여자 수",    "만족도", "점검 횟수",
                                       "처리 기간", "설치 개소 수", "징수액", "발생 건수",
                                       "교육 시간", "감축량",       "보급률"};
static const char *const units[] = {"%", "명", "점", "회", "일", "개소", "백만원", "건", "시간", "톤"};

typedef struct {
    uint64_t rows, seed, projects, bureaus;
    unsigned quoted, missing; /* percent */
    bool shuffled, decimal_cut;
} Job;

/* Target and actual are whole numbers of 10^-decimals. */
typedef struct {
    int64_t target, actual;
    int decimals;
    bool down, no_target, no_actual;
} Values;

/* A number of 64 well mixed bits for every (seed, what, number). */
static uint64_t hash(const Job *job, unsigned what, uint64_t number) {
    uint64_t mixed = job->seed * 0x9e3779b97f4a7c15u + ((uint64_t)what << 56) + number;
    for (int round = 0; round < 2; round++) {
        mixed = (mixed ^ (mixed >> 32)) * 0xd6e8feb86659fd93u;
    }
    return mixed ^ (mixed >> 32);
}

/* Takes a number below limit off the hash. */
static unsigned draw(uint64_t *bits, unsigned limit) {
    unsigned drawn = (unsigned)(*bits % limit);
    *bits = (*bits / limit) * 0x9e3779b97f4a7c15u;
    *bits ^= *bits >> 29;
    return drawn;
}

/* The project of a row; *indicator: which of its indicators. */
static uint64_t project_of(uint64_t row, int *indicator) {
    uint64_t project = row / PATTERN_ROWS * PATTERN_PROJECTS;
    int rest = (int)(row % PATTERN_ROWS), place = 0;
    while (rest >= pattern[place]) rest -= pattern[place++];
    *indicator = rest;
    return project + (uint64_t)place;
}

static Values draw_values(const Job *job, uint64_t row, bool on_the_cut) {
    Values values = {0};
    uint64_t bits = hash(job, 1, row);
    unsigned kind = draw(&bits, 10);
    values.down = draw(&bits, 10) == 0;
    if (kind < 5)
        values.target = 60 + draw(&bits, 41);
    else if (kind < 8)
        values.target = 1 + draw(&bits, 8000);
    else if (kind < 9)
        values.target = 5 + draw(&bits, 50000), values.decimals = 1;
    else
        values.target = 50 + draw(&bits, 1000000), values.decimals = 2;
    if (on_the_cut && job->decimal_cut) return values;
    if (on_the_cut) {
        values.target *= 5;
        values.decimals = 0;
        values.actual = values.target / 5 * (values.down ? 6 : 4);
        return values;
    }
    /* the sum of two: around 98 % of the target, from 45 % to 151 % */
    int64_t share = 450 + (int64_t)draw(&bits, 530) + (int64_t)draw(&bits, 530);
    values.actual = (values.target * share + 500) / 1000;
    unsigned odd = draw(&bits, 1000);
    if (odd < 10)
        values.target = 0;
    else if (odd < 15)
        values.actual = -values.actual;
    values.no_target = draw(&bits, 200) < job->missing;
    values.no_actual = draw(&bits, 200) < job->missing;
    return values;
}

static bool has_rate(const Values *values) {
    return !values->no_target && !values->no_actual && values->target != 0;
}

static double rate_of(const Values *values) {
    double share = (double)values->actual / (double)values->target;
    return values->down ? 2 - share : share;
}

/* Rates of 80, or of 80 less and 80 more by turns; `last`: of an odd number. The target comes to a multiple
 * of 1000 last places. */
static void put_on_cut(Values *values, uint64_t bits, int number, bool last) {
    int64_t apart = draw(&bits, 2) ? (int64_t)draw(&bits, 300) : 0;
    int64_t share = 800 + (last && number % 2 == 0 ? 0 : number % 2 ? apart : -apart);
    values->target *= 1000;
    values->actual = values->target / 1000 * (values->down ? 2000 - share : share);
    if (number == 0 && draw(&bits, 2)) values->actual += draw(&bits, 2) ? 1 : -1;
}

/* The values of a project's indicators; a mean that comes to the cut by chance is moved off it. */
static void project_values(const Job *job, uint64_t project, uint64_t first, int count,
                           Values values[MOST_INDICATORS]) {
    bool on_the_cut = hash(job, 2, project) % 50 == 0;
    double sum = 0;
    int counted = 0;
    Values *moved = NULL;
    for (int i = 0; i < count; i++) {
        values[i] = draw_values(job, first + (uint64_t)i, on_the_cut);
        if (on_the_cut && job->decimal_cut) put_on_cut(&values[i], hash(job, 10, project), i, i + 1 == count);
        if (!has_rate(&values[i])) continue;
        sum += rate_of(&values[i]);
        counted++;
        if (!moved) moved = &values[i];
    }
    if (moved && !on_the_cut && fabs(sum / counted - 0.8) < 1e-11) moved->actual++;
}

static Values values_of(const Job *job, uint64_t row, uint64_t project, int indicator) {
    Values values[MOST_INDICATORS];
    uint64_t first = row - (uint64_t)indicator, left = job->rows - first;
    int count = pattern[project % PATTERN_PROJECTS];
    if (left < (uint64_t)count) count = (int)left;
    project_values(job, project, first, count, values);
    return values[indicator];
}

static void write_number(int64_t number, int decimals) {
    static const int64_t powers[] = {1, 10, 100};
    int64_t size = number < 0 ? -number : number, rest = size % powers[decimals];
    if (number < 0) putchar('-');
    printf("%lld", (long long)(size / powers[decimals]));
    if (rest && decimals == 2 && rest % 10 == 0) rest /= 10, decimals = 1;
    if (rest) printf(".%0*lld", decimals, (long long)rest);
}

/* bureau, department and project; a number in the project's name makes it the only one of its bureau */
static void write_names(const Job *job, uint64_t project) {
    uint64_t bureau = project * job->bureaus / job->projects;
    uint64_t first = (bureau * job->projects + job->bureaus - 1) / job->bureaus;
    uint64_t next = ((bureau + 1) * job->projects + job->bureaus - 1) / job->bureaus;
    uint64_t within = project - first, bits = hash(job, 3, bureau), rest = bureau / COUNT(regions);
    printf("%s %llu구 %s,", regions[bureau % COUNT(regions)], (unsigned long long)rest / COUNT(offices) + 1,
           offices[rest % COUNT(offices)]);
    unsigned count = 5 + draw(&bits, 8), start = draw(&bits, COUNT(departments));
    uint64_t department = within * count / (next - first);
    fputs(departments[(start + department) % COUNT(departments)], stdout);
    bits = hash(job, 4, project);
    const char *subject = subjects[draw(&bits, COUNT(subjects))], *work = works[draw(&bits, COUNT(works))];
    bool quoted = draw(&bits, 100) < job->quoted;
    printf(quoted ? ",\"%s, \"\"%s\"\" 제%llu차 추진 계획\"," : ",%s %s 제%llu차 추진 계획,", subject, work,
           (unsigned long long)within + 1);
}

static void write_row(const Job *job, uint64_t row) {
    int indicator;
    uint64_t project = project_of(row, &indicator), bits = hash(job, 5, row);
    Values values = values_of(job, row, project, indicator);
    write_names(job, project);
    unsigned measure = draw(&bits, COUNT(measures));
    printf("%s %d,%s,%s,", measures[measure], indicator + 1, units[draw(&bits, COUNT(units))],
           values.down ? "down" : "up");
    if (!values.no_target) write_number(values.target, values.decimals);
    putchar(',');
    if (!values.no_actual) write_number(values.actual, values.decimals);
    putchar('\n');
}

/* A permutation of the numbers below 4^half_bits: four rounds of halves mixed into each other. */
static uint64_t scatter(const Job *job, uint64_t number, unsigned half_bits) {
    uint64_t mask = ((uint64_t)1 << half_bits) - 1, left = number >> half_bits, right = number & mask;
    for (unsigned round = 0; round < 4; round++) {
        uint64_t mixed = left ^ (hash(job, 6 + round, right) & mask);
        left = right;
        right = mixed;
    }
    return left << half_bits | right;
}

static void write_rows(const Job *job) {
    unsigned half_bits = 1;
    while ((uint64_t)1 << (2 * half_bits) < job->rows) half_bits++;
    for (uint64_t place = 0; place < job->rows; place++) {
        uint64_t row = place;
        if (job->shuffled) {
            do row = scatter(job, row, half_bits);
            while (row >= job->rows);
        }
        write_row(job, row);
    }
}

/* A whole number from least to most, or the program ends. */
static uint64_t number_of(const char *text, uint64_t least, uint64_t most) {
    char *end;
    unsigned long long number = strtoull(text, &end, 10);
    if (*text < '0' || *text > '9' || *end || number < least || number > most) {
        fprintf(stderr, "generate: '%s' is not a whole number from %llu to %llu\n", text,
                (unsigned long long)least, (unsigned long long)most);
        exit(2);
    }
    return number;
}

static void take_option(Job *job, const char *name, const char *value) {
    if (!strcmp(name, "--seed"))
        job->seed = number_of(value, 0, UINT64_MAX);
    else if (!strcmp(name, "--quoted"))
        job->quoted = (unsigned)number_of(value, 0, 100);
    else if (!strcmp(name, "--missing"))
        job->missing = (unsigned)number_of(value, 0, 100);
    else if (!strcmp(name, "--order") && !strcmp(value, "shuffled"))
        job->shuffled = true;
    else if (!strcmp(name, "--cut") && !strcmp(value, "decimal"))
        job->decimal_cut = true;
    else if ((strcmp(name, "--order") != 0 || strcmp(value, "grouped") != 0) &&
             (strcmp(name, "--cut") != 0 || strcmp(value, "whole") != 0)) {
        fprintf(stderr, "generate: %s %s is not known\n", name, value);
        exit(2);
    }
}

int main(int argc, char **argv) {
    Job job = {.seed = 1, .missing = 2};
    if (argc % 2 != 0) {
        fputs("usage: generate ROWS [--seed N] [--order grouped|shuffled] [--quoted PERCENT]"
              " [--missing PERCENT] [--cut whole|decimal]\n",
              stderr);
        return 2;
    }
    job.rows = number_of(argv[1], 1, 1000000000);
    for (int i = 2; i < argc; i += 2) take_option(&job, argv[i], argv[i + 1]);
    int indicator;
    job.projects = project_of(job.rows - 1, &indicator) + 1;
    job.bureaus = job.rows / 2000 > 12 ? job.rows / 2000 : 12;
    if (job.bureaus > job.projects) job.bureaus = job.projects;
    puts("bureau,department,project,indicator,unit,direction,target,actual");
    write_rows(&job);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        perror("generate");
        return 1;
    }
    return 0;
}
