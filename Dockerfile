# Zhida's web server and worker; compose.yaml says how they are started.
FROM python:3.11-slim
WORKDIR /srv/zhida
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 OMP_NUM_THREADS=1 \
    DJANGO_SETTINGS_MODULE=cms.settings.production VAR_DIR=/srv/zhida/var
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt
COPY . .
RUN useradd --create-home zhida && mkdir -p var && chown -R zhida var
USER zhida
CMD ["gunicorn", "cms.wsgi:application", "--bind", "0.0.0.0:8000", \
     "--preload", "--worker-class", "gthread", "--threads", "4", "--workers", "2"]
